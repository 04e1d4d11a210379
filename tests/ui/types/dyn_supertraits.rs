//@ run-pass
// Supertraits through trait objects, upcasting coercion.
//> 34
//> 7
//> 4
//> 3
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

trait A { fn a(&self) -> i64; }
trait B { fn b(&self) -> i64; }
trait C: A + B { fn c(&self) -> i64 { self.a() * 10 + self.b() } }
struct S(i64);
impl A for S { fn a(&self) -> i64 { self.0 } }
impl B for S { fn b(&self) -> i64 { self.0 + 1 } }
impl C for S {}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let c: &dyn C = &S(3);
    rt::num(c.c());
    rt::num(c.a() + c.b());
    let b: &dyn B = c;
    rt::num(b.b());
    let a: &dyn A = c;
    rt::num(a.a());
    0
}
