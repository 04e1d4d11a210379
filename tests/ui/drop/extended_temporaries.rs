//@ run-pass
//@ opt-levels: 0
// `let x = &temp()` and its forms: operands of borrows in literals, blocks, `if`, `match`, casts and constructors live as long as the binding.
//> new a
//> new b
//> new b temp
//> drop b temp
//> new c0
//> new c1
//> new c2
//> new c temp
//> ask c temp
//> drop c temp
//> new d
//> drop local
//> new f
//> new g0
//> new g1
//> new h0
//> new h1
//> new i
//> new j
//> new k
//> ask a
//> new l then
//> new m1
//> new n
//> new o0
//> new o1
//> new p
//> new q
//> new r0
//> new r1
//> new s
//> drop s local
//> new t
//> new u temp
//> drop u temp
//> new wild
//> new method
//> ask method
//> drop method
//> new y0
//> new y1
//> uses 31
//> drop y1
//> drop y0
//> drop wild
//> drop t
//> drop s
//> drop r0
//> drop r1
//> drop q
//> drop p
//> drop o0
//> drop o1
//> drop n
//> drop m1
//> drop l then
//> drop k
//> drop j
//> drop i
//> drop h0
//> drop h1
//> drop g0
//> drop g1
//> drop f
//> drop d
//> drop c2
//> drop c1
//> drop c0
//> drop b
//> drop a
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct R<'a> { r: &'a D, n: i64 }
struct T<'a>(&'a D, i64);
fn id<T>(t: T) -> T { t }
fn run() {
    let a = &mk("a");
    let b = R { r: &mk("b"), n: mk("b temp").0.len() as i64 };
    let c = (&mk("c0"), [&mk("c1"), &mk("c2")], mk("c temp").is(true));
    let d = { let _l = D("local"); &mk("d") };
    let e: &dyn core::any::Any = &5;
    let f = &mk("f").0;
    let g = &(mk("g0"), mk("g1")).1;
    let h = &[mk("h0"), mk("h1")][0];
    let i = &*&mk("i");
    let j = Some(&mk("j"));
    let k = T(&mk("k"), 1);
    let l = if a.is(true) { &mk("l then") } else { &mk("l else") };
    let m = match 1 { 1 => &mk("m1"), _ => &mk("m2") };
    let ref n = mk("n");
    let (ref o, _) = (mk("o0"), mk("o1"));
    let T(p, _) = T(&mk("p"), 2);
    let q = &mut (mk("q") as D);
    let r: &[D] = &[mk("r0"), mk("r1")];
    let s = &{ let _in = D("s local"); mk("s") };
    let t = &id(mk("t"));
    let u = id(&mk("u temp")).0;
    let _v = &mk("wild");
    let w = &mk("method").is(true);
    let x = -(&5i64) + *&6;
    let y = [&mk("y0").0, &mk("y1").0];
    show("uses", [a.0, b.r.0, c.0.0, d.0, f, g.0, h.0, i.0, j.unwrap().0, k.0.0, l.0, m.0, n.0, o.0, p.0, q.0, r[0].0, s.0, t.0, u, y[0]].len() as i64 + x + b.n + k.1 + *w as i64 + e.is::<i32>() as i64);
}
