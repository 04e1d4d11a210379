//@ check-fail
// `super` leads up to the root and no further.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod a { pub struct S;
pub mod b { use super::S;
use super::super::a::S as T;
use self::super::S as U;
use super::super::super::x; } }
//~^ ERROR [E0433]
