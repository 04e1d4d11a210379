//@ run-pass
// `while let` over iterators, stacks and ranges.
//> 6
//> 36
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut it = [1, 2, 3, 0, 9].iter();
    let mut sum = 0;
    while let Some(&x) = it.next() { if x == 0 { break; } sum += x; }
    rt::num(sum);
    let mut r = 0..3;
    while let Some(0 | 1 | 2) = r.next() { sum += 10; }
    rt::num(sum);
    0
}
