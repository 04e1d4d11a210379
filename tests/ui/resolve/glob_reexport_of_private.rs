//@ check-fail
// A glob re-exports what is visible to it, no more widely than it is itself.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod a { struct S;
pub mod b { pub use super::*; } }
use a::b::S;
//~^ ERROR [E0603]
