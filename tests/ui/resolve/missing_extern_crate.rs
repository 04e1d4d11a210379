//@ check-fail
// A crate that cannot be found is reported; what would follow from it is not.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
extern crate core;
extern crate core as c2;
extern crate core as _;
use c2::fmt;
extern crate nope;
//~^ ERROR [E0463]
mod m { extern crate core as inner; }
use m::inner;
