//@ package: librust-memchr-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use memchr::{memchr, memchr2, memchr3, memchr_iter, memmem, memrchr};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let h = b"the quick brown fox jumps over the lazy dog, again and again";
    println!("{:?} {:?} {:?}", memchr(b'q', h), memrchr(b'a', h), memchr(b'!', h));
    println!("{:?} {:?}", memchr2(b'x', b'z', h), memchr3(b'1', b'2', b'y', h));
    println!("{}", memchr_iter(b'a', h).map(|i| i as u32).sum::<u32>());
    println!("{:?} {:?}", memmem::find(h, b"over"), memmem::rfind(h, b"again"));
    println!("{} {:?}", memmem::find_iter(h, "the").count(), memmem::find(h, b"cat"));
    let f = memmem::Finder::new("again");
    println!("{:?} {:?}", f.find(h), f.find_iter(h).nth(1));
    println!("{:?}", memmem::find(&[b'a'; 3000], &[b'a'; 1500]));
    0
}
