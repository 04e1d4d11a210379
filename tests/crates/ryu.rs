//@ package: librust-ryu-dev
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

#[no_mangle]
pub extern "C" fn main() -> i32 {
    let mut b = ryu::Buffer::new();
    for v in [0.0f64, -0.0, 1.0, 0.1, 0.3, 1.234e20, 5e-324, 1.7976931348623157e308, 123456789.125, 1e16, 1e15, f64::NAN, f64::INFINITY] {
        println!("{}", b.format(v));
    }
    for v in [1.0f32, 0.1, 3.4028235e38, 1e-45, 16777216.0] { println!("{}", ryu::Buffer::new().format_finite(v)); }
    let mut x = 1.1f64;
    let mut total = 0;
    for _ in 0..300 { x *= 1.37; total += b.format_finite(x).len(); }
    println!("{} {}", total, b.format(x));
    0
}
