//@ check-fail
// A name from a glob must not shadow a crate of the extern prelude in an import.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
macro_rules! m { () => { struct Std; } }
mod a { pub mod core {} }
use a::*;
use core::fmt;
//~^ ERROR [E0432]
//~| ERROR [E0659]
