//@ check-fail
// Items of a trait conflict within a namespace.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
trait T { fn a();
fn a();
//~^ ERROR [E0428]
type B;
type B;
//~^ ERROR [E0428]
const C: u8;
fn C(); }
//~^ ERROR [E0428]
