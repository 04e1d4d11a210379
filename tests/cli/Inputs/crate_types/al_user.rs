#![no_std]
#![no_main]
extern crate alloc;
extern crate al;
#[link(name = "c")]
extern "C" {}
#[no_mangle] extern "C" fn main() -> u32 { *alloc::boxed::Box::new(al::boxed()) - 7 }
