//@ check-fail
//@ edition: 2018
// Since 2018 `::` starts at the extern prelude, other paths in scope.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod m { pub fn f() {}
pub mod n { use m::f;
//~^ ERROR [E0432]
use crate::m::f as g; } }
use ::m::f as h;
//~^ ERROR [E0432]
use m::n as core2;
use core2 as x;
