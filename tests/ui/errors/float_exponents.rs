//@ check-fail
//@ compile-flags: --crate-type lib
// A number that is none has no type that could be wrong.
#![no_std]
pub fn opaque() -> impl Sized { 2.0E } //~ ERROR expected at least one digit in exponent
pub fn integer() -> u8 { 2E } //~ ERROR expected at least one digit in exponent
