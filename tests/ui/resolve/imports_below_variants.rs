//@ check-fail
// Variants have no names below them.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
enum A { X { f: u8 } }
use A::X::f;
//~^ ERROR [E0432]
use A::X::g as h;
//~^ ERROR [E0432]
use A::Nope;
//~^ ERROR [E0432]
