//@ check-fail
// Literals that are malformed or do not fit.
#![no_std]
#![crate_type = "lib"]

pub fn f() { let _ = 0b12; let _ = 0x; let _ = 'ab'; let _ = 1u7; let _ = 1.0i32; let _ = "\q"; let _ = b"\u{41}"; }
//~^ ERROR [E0768]
//~| ERROR
