//@ package: librust-miniz-oxide-dev
//@ features: with-alloc
//@ depends: adler
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

extern crate alloc;
use alloc::vec::Vec;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::{decompress_to_vec, decompress_to_vec_zlib};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let data: Vec<u8> = (0..20000u32).map(|i| (i * i / 97 % 251) as u8 & 0x3f).chain(*b"tail").collect();
    for level in [0u8, 1, 6, 9] {
        let c = compress_to_vec_zlib(&data, level);
        let sum = c.iter().fold(0u32, |a, b| a.wrapping_mul(31).wrapping_add(*b as u32));
        println!("{} {} {:08x} {}", level, c.len(), sum, decompress_to_vec_zlib(&c).ok().as_deref() == Some(&data[..]));
    }
    println!("{:?}", decompress_to_vec(&[0x4b, 0x4c, 0x06, 0x00]).map(|v| v.len()).ok());
    println!("{}", decompress_to_vec_zlib(&[1, 2, 3]).is_err());
    0
}
