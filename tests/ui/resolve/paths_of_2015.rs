//@ check-fail
//@ edition: 2015
// Import paths of the 2015 edition start at the crate root.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod m { pub fn f() {}
pub mod n { use m::f;
use n::g; } }
//~^ ERROR [E0432]
use m::n as q;
use q::z;
//~^ ERROR [E0432]
use {m::f, m::n};
use ::m::f as h;
fn k() { ::m::f(); }
