//@ check-fail
// Nothing but blocks of foreign items links libraries.
#![no_std]
#![crate_type = "lib"]
#![deny(unused_attributes)]

#[link(name = "foo")] //~ ERROR [unused_attributes]
pub struct S;
#[link(name = "foo")] //~ ERROR [unused_attributes]
pub fn f() {}
#[link(name = "foo")] //~ ERROR [unused_attributes]
extern "Rust" {}
#[link(name = "foo")]
extern "C" {}
#[link(name = "foo")]
extern "system" {}
