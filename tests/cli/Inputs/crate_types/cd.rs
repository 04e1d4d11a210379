#![no_std]
extern crate dep;
#[no_mangle] pub extern "C" fn add(a: i32, b: i32) -> i32 { inner(a).wrapping_add(b) }
#[inline(never)] pub fn inner(a: i32) -> i32 { dep::triple(a) }
#[no_mangle] pub static TABLE: [u8; 4] = [1, 2, 3, 4];
static PRIVATE: [u8; 3] = [1, 2, 3];
#[no_mangle] pub extern "C" fn at(i: usize) -> u8 { PRIVATE[i] }
