//@ check-fail
// Names that are not found in the type namespace.
#![no_std]
#![crate_type = "lib"]

pub fn f(_: Strin) {}
//~^ ERROR [E0425]
pub struct S { a: Missing, b: core::option::Optio<u8> }
//~^ ERROR [E0425]
pub fn g<T>() -> U { loop {} }
//~^ ERROR [E0425]
impl Nowhere for S {}
//~^ ERROR [E0405]
