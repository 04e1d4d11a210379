"""Programs of a shape and any size: each function makes the text of one whose length grows in proportion to `n`."""


def lines(n, line):
    return "\n".join(line(i) for i in range(n))


def functions(n):
    return lines(n, lambda i: f"pub fn f{i}(a: u32, b: &[u8]) -> Option<u32> {{ let c = b.get(a as usize)?; Some(a.wrapping_add(*c as u32) ^ {i}) }}")


def statements(n):
    return "pub fn f(mut a: u32) -> u32 {\n" + lines(n, lambda i: f"    let b{i} = a.wrapping_mul({i} + 3); if b{i} > 7 {{ a ^= b{i}; }}") + "\n    a\n}"


def array_literal(n):
    return "pub fn f() -> u32 { let a = [" + ", ".join(str(i % 251) for i in range(n)) + "]; a[7] }"


def tuple_table(n):
    return f"pub static T: [(u32, (f64, &str)); {n}] = [" + ",\n".join(f'({i}, ({i}.5, "n{i}"))' for i in range(n)) + "];"


def operator_chain(n):
    return "pub fn f(a: u64) -> u64 {\n    a" + "".join(f" ^ {i}" for i in range(n)) + "\n}"


def sum_of_literals(n):
    return "pub fn f() -> u64 {\n    " + " ^ ".join(str(i) for i in range(n)) + "\n}"


def nested_expression(n):
    depth = 60
    one = lambda i: f"pub fn f{i}(a: u32) -> u32 {{ " + "(" * depth + "a" + ".wrapping_add(1) ^ 3)" * depth + " }"
    return lines(n, one)


def nested_blocks(n):
    depth = 40
    one = lambda i: f"pub fn f{i}(a: u32) -> u32 {{ " + "if a > 3 { " * depth + "a" + " } else { 1 }" * depth + " }"
    return lines(n, one)


def method_chain(n):
    return ("#[derive(Clone, Copy)] pub struct S(u32);\nimpl S { pub fn add(self, n: u32) -> S { S(self.0 ^ n) } }\n"
            "pub fn f(s: S) -> S {\n    s" + "".join(f"\n        .add({i})" for i in range(n)) + "\n}")


def big_match(n):
    return "pub fn f(a: u32) -> u32 {\n    match a {\n" + lines(n, lambda i: f"        {i * 3} => {i * 7 % 1000},") + "\n        _ => 0,\n    }\n}"


def string_match(n):
    return "pub fn f(a: &str) -> u32 {\n    match a {\n" + lines(n, lambda i: f'        "word{i}" => {i},') + "\n        _ => 0,\n    }\n}"


def enum_match(n):
    variants = ", ".join(f"V{i}(u32)" for i in range(n))
    arms = lines(n, lambda i: f"        E::V{i}(a) => *a ^ {i},")
    return f"pub enum E {{ {variants} }}\nimpl E {{ pub fn f(&self) -> u32 {{\n    match self {{\n{arms}\n    }}\n}} }}"


def pair_match(n):
    variants = ", ".join(f"V{i}" for i in range(n))
    arms = lines(n, lambda i: f"        (E::V{i}, E::V{i}) => {i},")
    return f"#[derive(Clone, Copy)] pub enum E {{ {variants} }}\npub fn f(a: E, b: E) -> u32 {{\n    match (a, b) {{\n{arms}\n        _ => 1,\n    }}\n}}"


def derives(n):
    return lines(n, lambda i: f"#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)] pub struct S{i} {{ a: u32, b: [u8; 4], c: Option<char> }}")


def wide_struct(n):
    fields = ", ".join(f"f{i}: u32" for i in range(n))
    return f"#[derive(Clone, Debug, PartialEq, Default)] pub struct S {{ {fields} }}\npub fn f(s: &S) -> u32 {{ 0 " + "".join(f" ^ s.f{i}" for i in range(n)) + " }"


def wide_enum(n):
    return "#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)] pub enum E { " + ", ".join(f"V{i}" for i in range(n)) + " }"


def trait_impls(n):
    return ("pub trait T { fn t(&self) -> u32; }\n" + lines(n, lambda i: f"pub struct S{i}; impl T for S{i} {{ fn t(&self) -> u32 {{ {i} }} }}")
            + "\npub fn f() -> u32 { 0" + "".join(f" ^ S{i}.t()" for i in range(n)) + " }")


def conversions(n):
    return ("pub struct S(u32);\n" + lines(n, lambda i: f"pub struct A{i}; impl From<A{i}> for S {{ fn from(_: A{i}) -> S {{ S({i}) }} }}")
            + "\npub fn f() {\n" + lines(n, lambda i: f"    let _: S = A{i}.into();") + "\n}")


def where_clauses(n):
    bounds = ", ".join(f"T: B{i}" for i in range(n))
    calls = lines(n, lambda i: f"    t.b{i}();")
    return lines(n, lambda i: f"pub trait B{i} {{ fn b{i}(&self); }}") + f"\npub fn f<T>(t: &T) where {bounds} {{\n{calls}\n}}"


def supertraits(n):
    return ("pub trait T0 { fn m(&self) {} }\n" + lines(n, lambda i: f"pub trait T{i + 1}: T{i} {{}}")
            + f"\npub fn f<X: T{n}>(x: &X) {{ x.m() }}")


def generic_instances(n):
    return ("pub struct W<const N: usize, T>(T);\nimpl<const N: usize, T: Copy> W<N, T> { fn get(&self) -> (usize, T) { (N, self.0) } }\n"
            "pub fn f() -> usize {\n    let mut s = 0;\n" + lines(n, lambda i: f"    s += W::<{i}, u32>(7).get().0;") + "\n    s\n}")


def type_nesting(n):
    depth = 40
    one = lambda i: f"pub fn f{i}(a: " + "Option<(u8, " * depth + "u32" + ")>" * depth + ") -> bool { a.is_some() && a == None }"
    return lines(n, one)


def closures(n):
    return "pub fn f(a: u32) -> u32 {\n    let mut s = 0;\n" + lines(n, lambda i: f"    let c{i} = |x: u32| x.wrapping_add(a) ^ {i}; s ^= c{i}(s);") + "\n    s\n}"


def nested_closures(n):
    depth = 8
    one = lambda i: f"pub fn f{i}(a: u32) -> u32 {{ " + "(|| " * depth + "a" + ")()" * depth + " }"
    return lines(n, one)


def iterator_chains(n):
    chain = ".filter(|x| **x > 3).map(|x| x * 2).skip(1).step_by(2).take_while(|x| *x < 900).enumerate().map(|(i, x)| i as u32 ^ x)"
    return lines(n, lambda i: f"pub fn f{i}(v: &[u32]) -> u32 {{ v.iter(){chain}.fold({i}, |a, b| a ^ b) }}")


def long_iterator(n):
    return "pub fn f(v: &[u32]) -> u32 {\n    v.iter().copied()" + "".join(f".map(|x| x ^ {i})" for i in range(n)) + ".fold(0, |a, b| a ^ b)\n}"


def unified_variables(n):
    return "pub fn f() -> u8 {\n    let v0 = Default::default();\n" + lines(n, lambda i: f"    let v{i + 1} = [v{i}, Default::default()][0];") + f"\n    v{n}\n}}"


def pending_obligations(n):
    return "pub fn f() -> u32 {\n" + lines(n, lambda i: f"    let mut v{i} = None; let c{i} = Default::default();") + "\n    let mut s = 0u32;\n" + \
        lines(n, lambda i: f"    v{i} = Some(c{i}); s ^= v{i}.unwrap_or(1u32);") + "\n    s\n}"


def drops(n):
    return ("pub struct D(u32); impl Drop for D { fn drop(&mut self) { self.0 = 1 } }\npub fn take(_: D) {}\npub fn f(c: bool) {\n"
            + lines(n, lambda i: f"    let d{i} = D({i}); if c {{ take(d{i}); return; }}") + "\n}")


def conditional_moves(n):
    return ("pub struct D(u32); impl Drop for D { fn drop(&mut self) { self.0 = 1 } }\npub fn take(_: D) {}\npub fn f(c: u32) {\n"
            + lines(n, lambda i: f"    let d{i} = D({i}); if c > {i} {{ take(d{i}); }}") + "\n}")


def question_marks(n):
    return "pub fn g(a: u32) -> Result<u32, u8> { if a > 3 { Err(1) } else { Ok(a) } }\npub fn f(mut a: u32) -> Result<u32, u8> {\n" + lines(n, lambda i: f"    a ^= g(a ^ {i})?;") + "\n    Ok(a)\n}"


def formats(n):
    return ("use core::fmt::Write;\npub fn f(w: &mut dyn Write, a: u32, b: &str) -> core::fmt::Result {\n"
            + lines(n, lambda i: f'    write!(w, "{i} {{a:>5}} {{}} {{b:?}} {{0:x}}", a ^ {i})?;') + "\n    Ok(())\n}")


def consts(n):
    return "pub const C0: u64 = 1;\n" + lines(n, lambda i: f"pub const C{i + 1}: u64 = C{i}.wrapping_mul(31) ^ {i};") + f"\npub static S: u64 = C{n};"


def const_loop(n):
    return f"pub static S: u64 = {{ let mut i = 0u64; let mut s = 0; while i < {n} {{ s = s ^ i.rotate_left(3); i += 1; }} s }};"


def const_references(n):
    return "pub static S: &[&[u32]] = &[" + "".join(f"&[{i}, {i + 1}], " for i in range(n)) + "];"


def const_table(n):
    return f"pub static T: [u32; {n}] = {{ let mut t = [0; {n}]; let mut i = 0; while i < {n} {{ t[i] = (i as u32).wrapping_mul(2654435761); i += 1; }} t }};"


def array_repeat_static(n):
    return f"pub static A: [u64; {n}] = [7; {n}];\npub static B: [[Option<u32>; 4]; {n}] = [[Some(1); 4]; {n}];"


def modules(n):
    return lines(n, lambda i: f"pub mod m{i} {{ use super::*; pub const C: u32 = {i}; pub fn f() -> u32 {{ C }} }}") + "\npub fn f() -> u32 { 0" + "".join(f" ^ m{i}::f()" for i in range(n)) + " }"


def globs(n):
    return lines(n, lambda i: f"pub mod m{i} {{ pub struct S{i}; pub use super::m{(i + 1) % n}::*; }}") + "\npub use m0::*;"


def macro_calls(n):
    return "macro_rules! m { ($i:ident, $e:expr) => { pub fn $i() -> u32 { $e ^ 1 } }; }\n" + lines(n, lambda i: f"m!(f{i}, {i} + 2);")


def muncher(n):
    return ("#![recursion_limit = \"100000\"]\nmacro_rules! count { () => { 0 }; ($t:tt $u:tt $v:tt $w:tt $x:tt $y:tt $z:tt $a:tt $($r:tt)*) => { 8 + count!($($r)*) }; }\n"
            "pub fn f() -> usize { count!(" + "a b c d e f g h " * n + ") }")


def repetitions(n):
    return "macro_rules! m { ($($i:ident => $e:expr;)*) => { $(pub fn $i() -> u32 { $e })* }; }\nm! {\n" + lines(n, lambda i: f"    f{i} => {i} + 1;") + "\n}"


def comments_and_strings(n):
    return lines(n, lambda i: f'/// Documentation of the item {i}, a line of words as there are many.\npub const S{i}: &str = "some text, \\"quoted\\" {i}"; // and a comment')


def dyn_calls(n):
    return ("pub trait T { fn t(&self) -> u32; }\n" + lines(n, lambda i: f"pub struct S{i}(u32); impl T for S{i} {{ fn t(&self) -> u32 {{ self.0 ^ {i} }} }}")
            + "\npub fn f() -> u32 {\n    let all: &[&dyn T] = &[" + ", ".join(f"&S{i}({i})" for i in range(n)) + "];\n    let mut s = 0; for t in all { s ^= t.t(); } s\n}")


def associated_types(n):
    return ("pub trait T { type A; type B: T; }\npub struct End; impl T for End { type A = u8; type B = End; }\npub struct N<X>(X); impl<X: T> T for N<X> { type A = [X::A; 1]; type B = X; }\n"
            + lines(n, lambda i: f"pub fn f{i}(a: <N<N<N<<N<N<End>> as T>::B>>> as T>::A) -> u8 {{ a[0][0][0][0] }}"))


def externs(n):
    return lines(n, lambda i: f'unsafe extern "C" {{ pub fn import{i}(a: *mut u8, b: usize, c: *const *const i8) -> i32; }}')


CHECK = [functions, statements, array_literal, tuple_table, operator_chain, sum_of_literals, nested_expression, nested_blocks, method_chain,
         big_match, string_match, enum_match, pair_match, derives, wide_struct, wide_enum, trait_impls, conversions, where_clauses, supertraits,
         generic_instances, type_nesting, closures, nested_closures, iterator_chains, long_iterator, unified_variables, pending_obligations,
         drops, conditional_moves, question_marks, formats, consts, const_loop, const_references, const_table, array_repeat_static, modules, globs,
         macro_calls, muncher, repetitions, comments_and_strings, dyn_calls, associated_types, externs]
# The largest size of each, where it is not 2000.
SIZES = {"array_literal": 40000, "tuple_table": 8000, "operator_chain": 1000, "sum_of_literals": 1000, "nested_expression": 100, "nested_blocks": 200, "method_chain": 400,
         "derives": 400, "wide_struct": 400, "type_nesting": 100, "nested_closures": 100, "iterator_chains": 200, "long_iterator": 60,
         "const_loop": 400000, "const_references": 16000, "const_table": 100000, "array_repeat_static": 200000, "muncher": 80, "pair_match": 200, "supertraits": 120,
         "where_clauses": 200, "globs": 60, "formats": 1000, "drops": 400, "conditional_moves": 400, "unified_variables": 400,
         "pending_obligations": 400, "comments_and_strings": 20000, "macro_calls": 8000, "repetitions": 8000, "externs": 8000}
