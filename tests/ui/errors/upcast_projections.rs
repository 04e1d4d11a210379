//@ check-fail
//@ compile-flags: --crate-type lib
// A trait object whose associated type is written out is no object of a supertrait with another one, whatever an impl for all types says.
#![no_std]
pub trait Super { type Assoc; }
pub trait Sub: Super {}
impl<T: ?Sized> Super for T { type Assoc = i32; }
pub fn illegal(x: &dyn Sub<Assoc = ()>) -> &dyn Super<Assoc = i32> { x } //~ ERROR mismatched types [E0308]
pub fn legal(x: &dyn Sub<Assoc = i32>) -> &dyn Super<Assoc = i32> { x }
