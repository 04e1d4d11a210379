//@ check-fail
// Wrong types in arguments, returns, branches and assignments.
#![no_std]
#![crate_type = "lib"]

pub fn f() -> u32 { "text" }
//~^ ERROR [E0308]
pub fn g(x: i32) -> u8 { let y: u8 = x; y }
//~^ ERROR [E0308]
pub fn h(b: bool) -> i32 { if b { 1 } else { 2.0 } }
//~^ ERROR [E0308]
pub fn i() { let mut n = 1u8; n = 'c'; let _ = n; }
//~^ ERROR [E0308]
pub fn j() -> i32 { }
//~^ ERROR [E0308]
pub fn k(p: (u8, u8)) -> (u8, u16) { p }
//~^ ERROR [E0308]
