//@ check-fail
// `self`, `Self` and `super` out of place.
#![no_std]
#![crate_type = "lib"]

pub fn f() { self.x; }
//~^ ERROR [E0424]
pub fn g() -> Self { loop {} }
//~^ ERROR [E0411]
use super::super::x;
//~^ ERROR [E0433]
pub struct S;
impl S { fn new() -> S { let _ = self; S } }
//~^ ERROR [E0424]
