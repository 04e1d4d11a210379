//@ check-fail
// break, continue, return and labels out of place.
#![no_std]
#![crate_type = "lib"]

pub fn f() { break; }
//~^ ERROR [E0268]
pub fn g() { continue; }
//~^ ERROR [E0268]
pub fn h() { loop { break 'nope; } }
//~^ ERROR [E0426]
pub fn i() { while true { break 5; } }
//~^ ERROR [E0571]
pub const C: u8 = return 5;
//~^ ERROR [E0572]
pub fn j() { let _ = || { break; }; }
//~^ ERROR [E0267]
