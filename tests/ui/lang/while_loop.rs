//@ run-pass
// `while` with break and continue.
//> sum 64
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut i = 0;
    let mut sum = 0;
    while i < 20 {
        i += 1;
        if i % 2 == 0 { continue; }
        if i > 15 { break; }
        sum += i;
    }
    rt::show("sum", sum);
    0
}
