//@ check-fail
// Impl items that do not match the trait.
#![no_std]
#![crate_type = "lib"]

pub trait T { type A; const K: u8; fn f(&self); fn g(x: u8) -> u8; fn h() {} }
pub struct S;
impl T for S { type B = u8; fn f() {} fn g(x: u16) -> u8 { 0 } fn extra(&self) {} }
//~^ ERROR [E0046]
//~| ERROR [E0053]
//~| ERROR [E0186]
//~| ERROR [E0407]
//~| ERROR [E0437]
