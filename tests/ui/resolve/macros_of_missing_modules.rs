//@ check-fail
// A macro that comes through an unresolved import is reported once.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
use missing::mac;
//~^ ERROR [E0432]
mac!();
missing::mac2!();
//~^ ERROR [E0433]
use core::nomac;
//~^ ERROR [E0432]
nomac!();
core::nomac2!();
//~^ ERROR [E0433]
