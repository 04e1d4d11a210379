//@ package: librust-smallvec-dev
//@ features: union,const_generics
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

extern crate alloc;
use smallvec::{smallvec, SmallVec};
struct D(u32);
impl Drop for D { fn drop(&mut self) { println!("drop {}", self.0); } }
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut v: SmallVec<[u32; 4]> = smallvec![3, 1, 2];
    println!("{:?} {}", v, v.spilled());
    v.extend([9, 8, 7]);
    println!("{:?} {} {}", v, v.spilled(), v.capacity() >= 6);
    v.sort_unstable();
    v.insert(2, 100);
    println!("{:?} {:?} {:?}", v.remove(0), v.pop(), v.as_slice());
    v.dedup_by_key(|x| *x / 10);
    println!("{:?} {:?}", v, v.iter().rev().collect::<SmallVec<[_; 2]>>());
    v.drain(1..);
    v.shrink_to_fit();
    println!("{:?} {}", v, v.spilled());
    let d: SmallVec<[D; 2]> = (1..4).map(D).collect();
    let mut it = d.into_iter();
    drop(it.next_back());
    println!("rest");
    drop(it);
    println!("{} {}", SmallVec::<[u8; 16]>::from_slice(b"xy").len(), rt::live());
    0
}
