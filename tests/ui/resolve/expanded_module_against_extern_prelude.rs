//@ check-fail
// A module made by a macro must not shadow a crate of the extern prelude in an import.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
macro_rules! gen { () => { mod core { pub struct Y; } } }
gen!();
use core::Y;
//~^ ERROR [E0659]
