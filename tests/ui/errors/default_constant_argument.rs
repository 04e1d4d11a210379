//@ check-fail
// An argument that is its parameter's default is not named, a constant no more than a type.
#![no_std]
#![crate_type = "lib"]

pub trait Work<const ID: u64 = 0> {}
pub struct A;
fn needs<T: Work>() {}
fn needs_other<T: Work<1>>() {}

pub fn f() {
    needs::<A>(); //~ ERROR the trait bound `A: Work` is not satisfied [E0277]
    needs_other::<A>(); //~ ERROR the trait bound `A: Work<1>` is not satisfied [E0277]
}
