//@ package: librust-adler-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use adler::{adler32_slice, Adler32};
#[no_mangle]
pub extern "C" fn main() -> i32 {
    println!("{:08x}", adler32_slice(b"Wikipedia"));
    let mut a = Adler32::new();
    for i in 0..1000u32 { a.write_slice(&i.to_le_bytes()); }
    println!("{:08x} {:?}", a.checksum(), a);
    println!("{:08x}", Adler32::from_checksum(0xdeadbeef).checksum());
    println!("{:08x}", adler32_slice(&[0xff; 10000]));
    0
}
