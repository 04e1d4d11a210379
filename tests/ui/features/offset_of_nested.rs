//@ run-pass
// offset_of! of nested fields, tuples and generics.
//> 6
//> 16
//> 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::mem::offset_of;
#[repr(C)] struct In { a: u8, b: [u16; 3] }
#[repr(C)] struct Out<T> { x: u32, i: In, t: (u8, u64), g: T }
const K: usize = offset_of!(Out<u64>, i.b);

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(K as i64);
    rt::num(offset_of!(Out<u8>, g) as i64 - offset_of!(Out<u8>, t) as i64);
    rt::num((offset_of!(Out<u8>, t.1) > offset_of!(Out<u8>, x)) as i64);
    0
}
