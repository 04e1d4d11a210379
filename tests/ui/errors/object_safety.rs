//@ check-fail
// Traits that cannot be made into objects.
#![no_std]
#![crate_type = "lib"]

pub trait A { fn new() -> Self; }
pub trait B { fn g<T>(&self, t: T); }
pub fn f(_: &dyn A) {}
//~^ ERROR [E0038]
pub fn g(_: &dyn B) {}
//~^ ERROR [E0038]
