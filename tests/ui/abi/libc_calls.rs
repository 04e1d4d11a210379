//@ run-pass
// Calls into libc: qsort with a callback, strlen, abs, snprintf with variable arguments.
//> 1
//> 3
//> 5
//> 9
//> 9
//> 42-x-2.5
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::ffi::{c_char, c_int, c_void};
unsafe extern "C" {
    fn qsort(base: *mut c_void, n: usize, size: usize, cmp: unsafe extern "C" fn(*const c_void, *const c_void) -> c_int);
    fn strlen(s: *const c_char) -> usize;
    fn abs(n: c_int) -> c_int;
    fn snprintf(buf: *mut c_char, n: usize, fmt: *const c_char, ...) -> c_int;
}
unsafe extern "C" fn cmp(a: *const c_void, b: *const c_void) -> c_int { unsafe { *a.cast::<i32>() - *b.cast::<i32>() } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut a = [5i32, 3, 9, 1];
    unsafe { qsort(a.as_mut_ptr().cast(), 4, 4, cmp) };
    for x in a { rt::num(x as i64); }
    rt::num(unsafe { strlen(c"hello".as_ptr()) } as i64 + unsafe { abs(-4) } as i64);
    let mut buf = [0u8; 32];
    let n = unsafe { snprintf(buf.as_mut_ptr().cast(), 32, c"%d-%s-%.1f".as_ptr(), 42 as c_int, c"x".as_ptr(), 2.5f64) };
    rt::line(core::str::from_utf8(&buf[..n as usize]).unwrap_or("bad"));
    0
}
