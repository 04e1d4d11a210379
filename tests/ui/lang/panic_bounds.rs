//@ run-fail
//@ exit-code: 101
// An index out of bounds reaches the panic handler.
//> before
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let a = [1i64, 2, 3];
    let i = core::hint::black_box(a[2] as usize + 1);
    rt::line("before");
    rt::num(a[i]);
    0
}
