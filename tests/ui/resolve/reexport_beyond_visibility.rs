//@ check-fail
// A re-export must not be more visible than the thing.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod a { pub mod b { pub(in crate::a) struct S; }
pub use self::b::S; }
//~^ ERROR [E0364]
