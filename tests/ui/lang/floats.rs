//@ run-pass
// Float arithmetic, comparison with NaN, conversion, bits.
//> 575
//> 0
//> 1065353216
//> 1035
//> 1
//> -1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let x = 1.5f64 * 4.0 - 0.25;
    rt::num((x * 100.0) as i64);
    let nan = 0.0f64 / 0.0;
    rt::num((nan == nan) as i64 + (nan < 1.0) as i64);
    rt::num(f32::to_bits(1.0) as i64);
    rt::num((1e3f32 as i64) + (7u8 as f64 / 2.0 * 10.0) as i64);
    rt::num((f64::INFINITY > 1e308) as i64);
    rt::num((-0.0f64).to_bits() as i64 >> 63);
    0
}
