//@ check-fail
// Foreign items are names of the module around the extern block.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
extern "C" { fn a();
fn a();
//~^ ERROR [E0428]
static b: u8; }
fn b() {}
//~^ ERROR [E0428]
