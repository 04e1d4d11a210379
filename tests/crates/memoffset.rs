//@ package: librust-memoffset-dev
//@ cfg: raw_ref_macros,maybe_uninit,tuple_ty
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use memoffset::{offset_of, offset_of_tuple, span_of};
#[repr(C)]
struct S { a: u8, b: u32, c: [u16; 3] }
#[repr(C, packed)]
struct P { a: u8, b: u64 }
#[no_mangle]
pub extern "C" fn main() -> i32 {
    println!("{} {} {}", offset_of!(S, a), offset_of!(S, b), offset_of!(S, c));
    println!("{}", offset_of!(P, b));
    println!("{:?} {:?} {:?}", span_of!(S, b), span_of!(S, a..c), span_of!(S, b..=c));
    println!("{}", offset_of_tuple!((u8, u8), 0) < 2);
    0
}
