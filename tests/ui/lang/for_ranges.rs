//@ run-pass
// `for` over half-open, inclusive, reversed and stepped ranges.
//> 0
//> 1
//> 2
//> 5
//> 6
//> 2
//> 1
//> 0
//> 0
//> 4
//> 8
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    for i in 0..3 { rt::num(i); }
    for i in 5..=6 { rt::num(i); }
    for i in (0..3).rev() { rt::num(i); }
    for i in (0..10i64).step_by(4) { rt::num(i); }
    0
}
