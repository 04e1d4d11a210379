//@ check-fail
// Paths through modules that do not exist.
#![no_std]
#![crate_type = "lib"]

use core::nothing::X;
//~^ ERROR [E0432]
pub fn f() { nowhere::g(); core::mem::nope(); }
//~^ ERROR [E0425]
//~| ERROR [E0433]
