//@ check-fail
// Syntax errors: one a construct, and parsing goes on.
#![no_std]
#![crate_type = "lib"]

pub fn f() { let x = ; }
pub fn g( { }
pub struct S { a u8 }
//~^ ERROR
