//@ package: librust-tinyvec-dev
//@ features: rustc_1_57
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use tinyvec::{array_vec, ArrayVec, SliceVec};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut v: ArrayVec<[u32; 8]> = array_vec!([u32; 8] => 4, 2, 9);
    v.push(1);
    println!("{:?} {} {:?}", v, v.capacity(), v.iter().max());
    v.sort_unstable();
    v.insert(1, 50);
    println!("{:?}", v);
    println!("{:?} {:?}", v.pop(), v.remove(0));
    v.retain(|x| *x != 50);
    println!("{:?} {:x?}", v, v);
    let tail: ArrayVec<[u32; 8]> = v.drain(1..).collect();
    println!("{:?} {:?} {:?}", v, tail, v < tail);
    let mut buf = [0u8; 4];
    let mut s = SliceVec::from_slice_len(&mut buf, 1);
    s.push(7);
    println!("{:?} {}", s, s.len());
    0
}
