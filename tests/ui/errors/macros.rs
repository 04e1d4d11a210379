//@ check-fail
// Macro calls that match no rule, unknown macros, recursion, compile_error!.
#![no_std]
#![crate_type = "lib"]

macro_rules! two { ($a:expr, $b:expr) => { $a + $b } }
macro_rules! forever { () => { forever!() } }
//~^ ERROR
pub fn f() -> i32 { two!(1) }
//~^ ERROR
pub fn g() { nothing_like_it!(); }
pub fn h() { forever!() }
compile_error!("stop here");
//~^ ERROR
#[nonsense] pub fn i() {}
