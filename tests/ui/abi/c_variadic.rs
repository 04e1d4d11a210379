//@ run-pass
// Variadic functions defined in Rust: integers, floats and pointers out of registers and off the stack, a copy of the list, and the
// list handed to C.
//> 6
//> 78
//> 36 and two
//> 10
#![feature(c_variadic)]
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;
use core::ffi::{VaList, c_char};

unsafe extern "C" {
    fn vsnprintf(out: *mut c_char, size: usize, format: *const c_char, args: VaList<'_>) -> i32;
}

unsafe extern "C" fn sum(n: u32, mut args: ...) -> i64 {
    let mut total = 0;
    for _ in 0..n {
        total += unsafe { args.arg::<i64>() };
    }
    total
}

unsafe extern "C" fn mixed(_: f64, mut args: ...) -> i64 {
    let a = unsafe { args.arg::<i32>() } as f64;
    let b = unsafe { args.arg::<f64>() };
    let c = unsafe { *args.arg::<*const i16>() } as f64;
    let mut again = args.clone();
    let d = unsafe { args.arg::<f64>() } + unsafe { again.arg::<f64>() };
    (a * 1000.0 + b * 100.0 + c * 10.0 + d) as i64
}

unsafe extern "C" fn print(out: *mut c_char, size: usize, format: *const c_char, args: ...) -> i32 {
    unsafe { vsnprintf(out, size, format, args) }
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    unsafe {
        rt::num(sum(3, 1i64, 2i64, 3i64));
        rt::num(sum(12, 1i64, 2i64, 3i64, 4i64, 5i64, 6i64, 7i64, 8i64, 9i64, 10i64, 11i64, 12i64));
        let mut text = [0u8; 32];
        let n = print(text.as_mut_ptr() as *mut c_char, 32, c"%d and %s".as_ptr(), 36i32, c"two".as_ptr());
        rt::line(core::str::from_utf8_unchecked(&text[..n as usize]));
        rt::num(mixed(0.5, 3i32, 4.0f64, &5i16 as *const i16, 3.25f64) - 3446);
    }
    0
}
