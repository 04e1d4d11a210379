//@ package: librust-byteorder-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

use byteorder::{BigEndian, ByteOrder, LittleEndian, NativeEndian, NetworkEndian};
fn sum<T: ByteOrder>(b: &[u8]) -> u64 { T::read_u16(b) as u64 + T::read_u24(b) as u64 + T::read_u64(b) }
#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut b = [0u8; 16];
    BigEndian::write_u32(&mut b, 0x01020304);
    LittleEndian::write_i64(&mut b[4..], -2);
    println!("{:?}", b);
    println!("{:x} {:x} {}", sum::<BigEndian>(&b), sum::<LittleEndian>(&b), NativeEndian::read_i16(&b[4..]));
    println!("{} {}", NetworkEndian::read_f32(&[0x3f, 0x80, 0, 0]), LittleEndian::read_uint(&b, 5));
    let mut n = [0u16; 3];
    BigEndian::read_u16_into(&b[..6], &mut n);
    println!("{:?} {}", n, BigEndian::read_i128(&b));
    LittleEndian::from_slice_u16(&mut n);
    println!("{:?}", n);
    0
}
