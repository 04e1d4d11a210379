//@ package: librust-fnv-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use core::hash::{BuildHasher, Hash, Hasher};
use fnv::{FnvBuildHasher, FnvHasher};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    for s in ["", "a", "foobar", "hello world"] {
        let mut h = FnvHasher::default();
        h.write(s.as_bytes());
        println!("{:?} {:016x}", s, h.finish());
    }
    let mut h = FnvBuildHasher::default().build_hasher();
    (1u32, "x", [1u8, 2], Some('c')).hash(&mut h);
    println!("{:x}", h.finish());
    println!("{:x}", FnvHasher::with_key(7).finish());
    0
}
