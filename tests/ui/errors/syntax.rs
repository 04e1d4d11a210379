//@ check-fail
// Syntax errors: one a construct, and parsing goes on; an unclosed delimiter ends it.
#![no_std]
#![crate_type = "lib"]

pub fn f() { let x = ; } //~ ERROR
pub struct S { a u8 } //~ ERROR
pub enum E { A, B C } //~ ERROR
pub fn g() -> { } //~ ERROR
