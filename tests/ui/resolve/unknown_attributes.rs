//@ check-fail
// Attributes are built-in, macros, or of a known tool.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#[clippy::foo] fn a() {}
#[nope::foo] fn b() {}
//~^ ERROR [E0433]
#[rustfmt] fn c() {}
//~^ ERROR cannot find attribute `rustfmt` in this scope
#[rustfmt::skip] fn d() {}
