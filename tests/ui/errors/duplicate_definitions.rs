//@ check-fail
// The same name twice in one namespace.
#![no_std]
#![crate_type = "lib"]

pub fn a() {}
pub fn a() {}
//~^ ERROR [E0428]
pub struct S { x: u8, x: u8 }
//~^ ERROR [E0124]
pub enum E { A, A }
//~^ ERROR [E0428]
use core::mem;
use core::ptr as mem;
//~^ ERROR [E0252]
pub fn f(x: u8, x: u8) {}
//~^ ERROR [E0415]
pub fn g<T, T>() {}
//~^ ERROR [E0403]
