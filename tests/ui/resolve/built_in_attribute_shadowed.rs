//@ check-fail
// A macro may not take the name of a built-in attribute that is used as one.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod m { macro_rules! inline { () => {} }
pub(crate) use inline; }
//~^ ERROR [E0659]
use m::inline;
#[inline] fn f() {}
