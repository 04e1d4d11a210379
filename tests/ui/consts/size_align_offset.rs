//@ run-pass
// size_of, align_of, offset_of in constants and types.
//> 12
//> 808
//> 6
//> 64
//> 8
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::mem::{align_of, offset_of, size_of};
#[repr(C)] struct R { a: u8, b: u32, c: u16 }
struct Free { a: u8, b: u32, c: u16 }
#[repr(C, packed)] struct Pk { a: u8, b: u32 }
#[repr(align(32))] struct Al(u8);
const N: usize = size_of::<R>();

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(N as i64);
    rt::num(offset_of!(R, c) as i64 + size_of::<Free>() as i64 * 100);
    rt::num(size_of::<Pk>() as i64 + offset_of!(Pk, b) as i64);
    rt::num(align_of::<Al>() as i64 + size_of::<Al>() as i64);
    rt::num([0u8; align_of::<u64>()].len() as i64);
    0
}
