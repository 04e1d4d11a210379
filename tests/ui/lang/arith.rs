//@ run-pass
// Integer arithmetic at every width, wrapping, shifts, comparison, and operator precedence.
//> -7
//> 3
//> 254
//> 120
//> 15
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn fact(n: u32) -> u32 {
    if n == 0 { 1 } else { n * fact(n - 1) }
}

#[no_mangle]
pub extern "C" fn main() -> i32 {
    rt::num(1 - 2 * 4);
    rt::num((17 % 7) as i64);
    rt::num(255u8.wrapping_add(255) as i64);
    rt::num(fact(5) as i64);
    rt::num((1 << 3 | 7 & !0) as i64);
    0
}
