//@ check-fail
// Globs skip what is not visible; naming it is an error of privacy.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod m { struct P;
pub struct Q;
pub(super) struct R; }
mod n { use super::m::*;
fn f(_: Q, _: R) {} }
use n::Q;
//~^ ERROR [E0603]
