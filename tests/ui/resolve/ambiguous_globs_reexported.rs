//@ check-fail
// A name that two globs bring with different meanings is an error where it is used, also through further globs.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod a { pub mod x { pub struct A; } }
mod b { pub mod x { pub struct B; } }
mod c { pub use crate::a::*;
pub use crate::b::*; }
use c::x::A;
//~^ ERROR [E0659]
mod d { pub use crate::c::*; }
use d::x;
//~^ ERROR [E0659]
