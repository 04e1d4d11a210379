//@ run-pass
// Inherent methods before trait methods, autoref order, qualified calls.
//> 12
//> 8
//> 23
//> 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

trait T { fn m(&self) -> i64; fn s() -> i64 where Self: Sized { 5 } }
struct A;
impl A { fn m(&self) -> i64 { 1 } }
impl T for A { fn m(&self) -> i64 { 2 } }
trait R { fn r(self) -> i64; }
impl R for A { fn r(self) -> i64 { 1 } }
impl R for &A { fn r(self) -> i64 { 2 } }
impl R for &mut A { fn r(self) -> i64 { 3 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(A.m() * 10 + T::m(&A));
    rt::num(<A as T>::m(&A) + <A as T>::s() + A::m(&A));
    let mut a = A;
    rt::num((&a).r() * 10 + (&mut a).r());
    rt::num(a.r());
    0
}
