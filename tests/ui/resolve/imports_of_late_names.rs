//@ check-fail
// Imports wait for names that macros define, however deep.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
macro_rules! a { () => { mod x { pub use super::y::*; }
b!(); } }
macro_rules! b { () => { mod y { c!(); } } }
macro_rules! c { () => { pub struct Deep; } }
use x::Deep;
use x::Nope;
//~^ ERROR [E0432]
a!();
