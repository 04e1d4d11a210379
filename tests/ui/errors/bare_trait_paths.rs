//@ check-fail
// A trait where a type is expected, in front of an associated item; a method call that binds to the end of a range; `self` with several references.
#![no_std]
#![crate_type = "lib"]
#![feature(arbitrary_self_types)]
#![allow(unused)]
trait Trait {}
impl dyn Trait {
    const CONST: () = ();
    fn f() {}
}
fn paths() {
    match () { Trait::CONST => {} } //~ ERROR expected a type, found a trait [E0782]
    Trait::f(); //~ ERROR expected a type, found a trait [E0782]
    let _ = <dyn Trait>::CONST;
}
fn ranges(end: usize) {
    for i in 1..end.rev() {} //~ ERROR can't call method `rev` [E0689]
    for i in (1..end).rev() {}
    let _ = end.take(1)..3; //~ ERROR [E0599]
}
struct Wrap<T>(T);
impl<T> core::ops::Deref for Wrap<T> {
    type Target = T;
    fn deref(&self) -> &T { &self.0 }
}
struct S;
impl S {
    fn several(self: &Wrap<&Self>, f: &u32) -> &u32 { f } //~ ERROR missing lifetime specifier [E0106]
    fn one(self: Wrap<&Self>, f: &u32) -> &Self { self.0 }
}
trait Dyn<A, B>: Sup<A, Assoc = A> + Sup<B> {}
trait Sup<T> { type Assoc: Default; }
fn objects(_: &dyn Dyn<i32, u32>) {} //~ ERROR `Assoc` [E0191]
