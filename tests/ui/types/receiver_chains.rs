//@ run-pass
// Methods whose receivers lead to the type through Receiver alone: its target told by a where-clause, a pinned reference on the way, raw pointers.
// `Pin<&mut T>` serves where a method takes `Pin<&T>`.
//> 23456
//> 12
#![no_std]
#![no_main]
#![feature(arbitrary_self_types, arbitrary_self_types_pointers, pin_ergonomics)]
#![allow(incomplete_features)]
#[path = "../support/rt.rs"]
mod rt;
use core::marker::PhantomData;
use core::pin::{Pin, pin};

struct A;
impl A {
    fn value(self: ByTarget<Self>) -> usize { 2 }
    fn pinned(self: Pin<&ByTarget<Self>>) -> usize { 3 }
    fn through(self: &OfPin<'_, Self>) -> usize { 4 }
    fn shared(self: Pin<&Self>) -> usize { 5 }
    fn nested(self: Pin<&OfPin<'_, Self>>) -> usize { 6 }
    fn m(self: *const Raw<Self>) -> usize { 2 }
    fn n(self: *const Raw<Self>) -> usize { 2 }
}
struct ByTarget<T>(T);
impl<T> core::ops::Receiver for ByTarget<T> { type Target = T; }
struct OfPin<'a, T>(T, PhantomData<&'a T>);
impl<'a, T> core::ops::Receiver for OfPin<'a, T> { type Target = Pin<&'a mut T>; }
struct Raw<T>(T);
impl<T> core::ops::Receiver for Raw<T> { type Target = *mut T; }
impl<T> Raw<T> { fn n(self: *mut Self) -> usize { 1 } }

fn show(digits: &[usize]) {
    for &d in digits { rt::put(&"0123456789"[d..d + 1]); }
    rt::line("");
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let a = ByTarget(A).value();
    let by = ByTarget(A);
    let b = pin!(by).pinned();
    let c = OfPin(A, PhantomData).through();
    let d = pin!(A).shared();
    let p: Pin<&mut OfPin<A>> = pin!(OfPin(A, PhantomData));
    show(&[a, b, c, d, p.nested()]);
    let mut raw = Raw(A);
    let raw: *mut Raw<A> = &mut raw;
    show(&[raw.n(), raw.m()]);
    0
}
