//@ check-fail
// An import that leads to itself is unresolved.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
use a::X as Y;
//~^ ERROR [E0432]
mod a { pub use crate::Y as X; }
