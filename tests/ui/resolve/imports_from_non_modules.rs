//@ check-fail
// Associated items cannot be imported: types are no modules.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
struct S;
fn f() {}
use S::x;
//~^ ERROR [E0432]
use f::y;
//~^ ERROR [E0432]
use core::fmt::Debug::z;
//~^ ERROR [E0432]
use u8::MAX;
//~^ ERROR [E0432]
use u8 as byte;
use u8::*;
//~^ ERROR [E0432]
use core::primitive::u8 as b2;
use b2::MAX as M2;
//~^ ERROR [E0432]
