//@ package: librust-hex-dev
//@ features: alloc
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

extern crate alloc;
use alloc::vec::Vec;
use hex::{FromHex, ToHex};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    println!("{} {}", hex::encode("kiwi"), hex::encode_upper(&[1u8, 0xab, 0xff][..]));
    println!("{:?} {:?}", hex::decode("6b697769"), hex::decode("123"));
    println!("{:?} {}", hex::decode("zz"), hex::decode("zz").unwrap_err());
    println!("{:?}", <[u8; 4]>::from_hex("0a0b0c0d"));
    let mut buf = [0u8; 8];
    println!("{:?} {:?}", hex::encode_to_slice(b"abcd", &mut buf), core::str::from_utf8(&buf));
    let s: alloc::string::String = [1u8, 2].encode_hex();
    println!("{} {:?}", s, Vec::from_hex("00ff").unwrap());
    0
}
