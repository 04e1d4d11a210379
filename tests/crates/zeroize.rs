//@ package: librust-zeroize-dev
//@ features: alloc
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

extern crate alloc;
use alloc::{string::String, vec, vec::Vec};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};
struct K([u8; 4]);
impl Zeroize for K { fn zeroize(&mut self) { self.0.zeroize(); } }
impl Drop for K { fn drop(&mut self) { self.zeroize(); println!("{:?}", self.0); } }
impl ZeroizeOnDrop for K {}
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut a = [1u32; 5];
    a.zeroize();
    let mut v = vec![1u8, 2, 3];
    v.zeroize();
    let mut s = String::from("secret");
    s.zeroize();
    println!("{:?} {:?} {:?}", a, v, s);
    let z: Zeroizing<Vec<u8>> = Zeroizing::new(vec![7; 3]);
    println!("{:?} {}", *z, z.len());
    let mut o = Some(5u64);
    o.zeroize();
    let mut t = (1u8, 'x', true);
    t.zeroize();
    println!("{:?} {:?}", o, t);
    drop(K([1, 2, 3, 4]));
    0
}
