#![no_std]
#![crate_type = "lib"]
pub fn f() -> i32 { cd::inner(1) }
extern crate cd;
