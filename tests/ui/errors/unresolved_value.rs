//@ check-fail
// Names that are not found in the value namespace.
#![no_std]
#![crate_type = "lib"]

pub fn f() -> i32 { missing + 1 }
//~^ ERROR [E0425]
pub fn g(xs: &[i32]) -> i32 { sume(xs) }
//~^ ERROR [E0425]
fn sum(_: &[i32]) -> i32 { 0 }
