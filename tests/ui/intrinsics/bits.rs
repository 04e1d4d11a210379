//@ run-pass
// Bit counting, rotation, byte swap, saturating, checked and overflowing operations.
//> 70
//> 878082066
//> 13330
//> 127
//> 7
//> -2147483647
//> 1006
//> 96
//> 64
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(0b1011u32.count_ones() as i64 + 16u8.trailing_zeros() as i64 + 1u64.leading_zeros() as i64);
    rt::num(0x12345678u32.rotate_left(8) as i64);
    rt::num(0x1234u16.swap_bytes() as i64);
    rt::num(250u8.saturating_add(10) as i64 + (-100i8).saturating_sub(100) as i64);
    rt::num(250u8.checked_add(10).is_none() as i64 + 2i32.checked_mul(3).unwrap_or(0) as i64);
    let (v, o) = i32::MAX.overflowing_add(1);
    rt::num(v as i64 + o as i64);
    rt::num(10u32.pow(3) as i64 + (-7i32).rem_euclid(3) as i64 + 17u32.isqrt() as i64);
    rt::num(0u32.leading_zeros() as i64 + u64::MAX.count_ones() as i64);
    rt::num(0b0010u8.reverse_bits() as i64);
    0
}
