//@ check-fail
// An unterminated block comment and string are reported once.
#![no_std]
#![crate_type = "lib"]

pub fn f() {}
/* never closed
//~^ ERROR [E0758]
pub fn g() {}
