//@ check-fail
// #[macro_use(..)] names macros that must exist, on extern crates in the root only.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#[macro_use(assert_eq, nope)] extern crate core as c;
//~^ ERROR [E0469]
mod m { #[macro_use] extern crate core as d; }
//~^ ERROR [E0468]
