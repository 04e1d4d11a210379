//@ check-fail
// Items and imports of a block conflict like those of a module.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
fn f() { struct A;
struct A;
//~^ ERROR [E0428]
fn g() {}
fn g() {}
//~^ ERROR [E0428]
const C: u8 = 0;
static C: u8 = 0;
//~^ ERROR [E0428]
use core::fmt;
use core::mem as fmt; }
//~^ ERROR [E0252]
