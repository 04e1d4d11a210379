//@ check-fail
// Imports in blocks see the items of the blocks around them.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
fn f() { use core::fmt; { use fmt::Debug as D;
struct X;
use self::X as Y; }
//~^ ERROR [E0432]
use fmt::Nope;
//~^ ERROR [E0432]
fn inner() { use fmt::Debug; }
enum E { A }
use E::A as B;
use E::*; }
