//@ run-pass
//@ opt-levels: 0
// Temporaries under coercions: unsizing, reborrows, deref and function pointers keep the owner alive as long as the statement.
//> new a
//> new b
//> slice 2
//> new c
//> hi c
//> 3
//> drop c
//> drop a
//> drop b
//> new extended dyn
//> new extended slice
//> hi extended dyn
//> 2
//> new deref
//> hi deref
//> 1
//> drop deref
//> new deref twice
//> hi deref twice
//> 1
//> drop deref twice
//> new s0
//> new s1
//> s0
//> drop s0
//> drop s1
//> new to change
//> changed
//> drop changed
//> new through deref
//> null 0
//> new coerced
//> coerced
//> new to fn
//> hi to fn
//> 1
//> drop to fn
//> new mutable
//> new mutable 2
//> drop mutable
//> new mutable 3
//> drop mutable 2
//> new in option
//> hi in option
//> 1
//> new tuple
//> hi tuple
//> 2
//> new m0
//> new m1
//> hi m1
//> 1
//> drop m0
//> drop m1
//> end
//> drop tuple
//> drop in option
//> drop mutable 3
//> drop coerced
//> drop through deref
//> drop extended slice
//> drop extended dyn
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::ops::Deref;
trait Tr { fn hi(&self) -> i64; }
impl Tr for D { fn hi(&self) -> i64 { show1("hi", self.0); 1 } }
impl<const N: usize> Tr for [D; N] { fn hi(&self) -> i64 { N as i64 } }
struct Bx<T>(T);
impl<T> Deref for Bx<T> { type Target = T; fn deref(&self) -> &T { &self.0 } }
fn slice(s: &[D]) -> i64 { show("slice", s.len() as i64); s.len() as i64 }
fn dynamic(t: &dyn Tr) -> i64 { t.hi() }
fn first<'a>(s: &'a [D]) -> &'a D { &s[0] }
fn muts(d: &mut D) -> &mut D { d.0 = "changed"; d }
fn run() {
    num(slice(&[mk("a"), mk("b")]) + dynamic(&mk("c")));
    let x: &dyn Tr = &mk("extended dyn");
    let y: &[D] = &[mk("extended slice")];
    num(x.hi() + y.len() as i64);
    num(Bx(mk("deref")).hi());
    num(Bx(Bx(mk("deref twice"))).hi());
    say(first(&Bx([mk("s0"), mk("s1")])[..]).0);
    say(muts(&mut mk("to change")).0);
    let z = &*Bx(mk("through deref")) as &dyn Tr as *const dyn Tr;
    show("null", z.is_null() as i64);
    let w: &D = &Bx(mk("coerced"));
    say(w.0);
    let f: &dyn Fn(&D) -> i64 = &|d| d.hi();
    num(f(&mk("to fn")));
    let m = &mut mk("mutable");
    { let n = &mut *m; *n = mk("mutable 2"); }
    *m = mk("mutable 3");
    let o: Option<&dyn Tr> = Some(&mk("in option"));
    num(o.unwrap().hi());
    let p = (&mk("tuple") as &dyn Tr, 1);
    num(p.0.hi() + p.1);
    num(match &[mk("m0"), mk("m1")] as &[D] { [_, b] => b.hi(), _ => 0 });
    say("end");
}
