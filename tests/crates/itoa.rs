//@ package: librust-itoa-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut b = itoa::Buffer::new();
    println!("{} {}", b.format(0u8).len(), itoa::Buffer::new().format(-128i8));
    for v in [0u64, 9, 10, 99, 100, 12345, 999_999_999, u64::MAX] { println!("{}", b.format(v)); }
    for v in [i64::MIN, -1, 1, i64::MAX] { println!("{}", b.format(v)); }
    println!("{} {}", itoa::Buffer::new().format(u128::MAX), itoa::Buffer::new().format(i128::MIN));
    println!("{}", b.format(usize::MAX));
    0
}
