//@ check-fail
// Missing, unknown and repeated fields in struct literals.
#![no_std]
#![crate_type = "lib"]

pub struct S { a: u8, b: u8 }
pub fn f() { let _ = S { a: 1 }; let _ = S { a: 1, b: 2, c: 3 }; let _ = S { a: 1, a: 2, b: 3 }; let _ = S; let _ = S(1, 2); }
//~^ ERROR [E0062]
//~| ERROR [E0063]
//~| ERROR [E0423]
//~| ERROR [E0560]
