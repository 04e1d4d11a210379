//@ check-fail
// Invalid left-hand sides and operators.
#![no_std]
#![crate_type = "lib"]

pub fn f() { 1 = 2; f() = (); let mut x = 1u8; x += "a"; !"s"; -"t"; *5u8; }
//~^ ERROR [E0070]
//~| ERROR [E0277]
//~| ERROR [E0600]
//~| ERROR [E0614]
