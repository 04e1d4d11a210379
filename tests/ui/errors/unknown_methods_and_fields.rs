//@ check-fail
// Methods and fields that do not exist.
#![no_std]
#![crate_type = "lib"]

pub struct S { a: u8 }
pub fn f(s: S) { s.nope(); let _ = s.b; let _ = 5u8.missing(); let _ = S::make(); let _ = (1, 2).2; }
//~^ ERROR [E0599]
//~| ERROR [E0609]
