//@ package: librust-siphasher-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use core::hash::{Hash, Hasher};
use siphasher::sip::{SipHasher, SipHasher13};
use siphasher::sip128::{Hasher128, SipHasher24};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut h = SipHasher::new_with_keys(0x0706050403020100, 0x0f0e0d0c0b0a0908);
    h.write(&(0..15).collect::<arr::A>().0[..15]);
    println!("{:016x}", h.finish());
    let mut h = SipHasher13::new();
    ("text", 5u128, [1u16, 2]).hash(&mut h);
    println!("{:016x} {:?}", h.finish(), SipHasher13::new_with_keys(1, 2).keys());
    let mut h = SipHasher24::new_with_key(&[7; 16]);
    h.write(b"some longer text that needs more than one block");
    println!("{:?}", h.finish128().as_bytes());
    0
}
mod arr {
    pub struct A(pub [u8; 16]);
    impl FromIterator<u8> for A {
        fn from_iter<I: IntoIterator<Item = u8>>(i: I) -> A { let mut a = [0; 16]; for (d, s) in a.iter_mut().zip(i) { *d = s; } A(a) }
    }
}
