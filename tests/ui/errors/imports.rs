//@ check-fail
// Unresolved, private and ambiguous imports.
#![no_std]
#![crate_type = "lib"]

mod a { pub fn x() {} fn hidden() {} }
mod b { pub fn x() {} }
use a::*;
use b::*;
use a::hidden;
//~^ ERROR [E0603]
use a::missing;
//~^ ERROR [E0432]
use self::a::{x as y, nothing};
//~^ ERROR [E0432]
pub fn f() { x(); y(); }
//~^ ERROR [E0659]
