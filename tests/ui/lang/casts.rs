//@ run-pass
// Numeric, pointer, enum and function casts.
//> 255
//> 44
//> -56
//> 203
//> 120
//> 0
//> 1
//> 3
//> -3
//> 255
//> 1
//> 5
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[derive(Clone, Copy)]
enum E { A = 3, B = 200 }
fn f() {}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(-1i32 as u8 as i64);
    rt::num(300i32 as u8 as i64);
    rt::num(200u8 as i8 as i64);
    rt::num(E::A as i64 + E::B as u8 as i64);
    rt::num('x' as u32 as i64);
    rt::num(65u8 as char as i64 - 'A' as i64);
    rt::num(true as i64);
    rt::num(3.99f64 as i64);
    rt::num(-3.99f32 as i64);
    rt::num(f32::MAX as u8 as i64);
    rt::num((f as fn() as usize != 0) as i64);
    let x = 5u32;
    let p = &x as *const u32 as *const u8;
    rt::num(unsafe { *p } as i64);
    0
}
