//@ check-fail
// Lifetimes that must be given or are not declared.
#![no_std]
#![crate_type = "lib"]

pub struct S { r: &u8 }
//~^ ERROR [E0106]
pub fn f(a: &u8, b: &u8) -> &u8 { a }
//~^ ERROR [E0106]
pub fn g() -> &'a u8 { loop {} }
//~^ ERROR [E0261]
pub struct T<'a>(u8, &'b u8);
//~^ ERROR [E0261]
