//@ check-fail
// Globs of two enums with a common variant: an error only where that variant is named.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
enum A { X, Y }
enum B { X, Z }
use A::*;
use B::*;
fn f() { let _ = Y;
let _ = Z; }
use self::X as W;
//~^ ERROR [E0659]
