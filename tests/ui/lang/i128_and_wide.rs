//@ run-pass
// 128-bit integers: arithmetic, division, shifts, comparison.
//> 22906492245
//> 21852
//> -128
//> 1
//> 493154
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let a: u128 = 1 << 100;
    let b = a / 3 + 7;
    rt::num((b >> 64) as i64);
    rt::num((b & 0xffff) as i64);
    let c: i128 = -170141183460469231731687303715884105728;
    rt::num((c >> 120) as i64);
    rt::num((c < 0) as i64);
    rt::num((a * 5 % 1000007) as i64);
    0
}
