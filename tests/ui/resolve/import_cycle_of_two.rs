//@ check-fail
// Imports that lead to each other are unresolved.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod a { pub use crate::b::X; }
mod b { pub use crate::a::X; }
//~^ ERROR [E0432]
use a::X;
//~^ ERROR [E0432]
