//@ check-fail
// Constants whose evaluation fails.
#![no_std]
#![crate_type = "lib"]

pub const A: u8 = 255 + 1;
//~^ ERROR [E0080]
pub const B: usize = [1, 2, 3][5];
//~^ ERROR [E0080]
pub const C: u32 = 1 / 0;
//~^ ERROR [E0080]
const fn f(n: u32) -> u32 { if n == 0 { panic!("zero") } else { n } }
pub const D: u32 = f(0);
//~^ ERROR [E0080]
