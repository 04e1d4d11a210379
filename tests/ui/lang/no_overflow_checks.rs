//@ run-pass
//@ compile-flags: -C overflow-checks=off
// With checks off, arithmetic wraps.
//> 44
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn add(a: u8, b: u8) -> u8 { a + b }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(add(200, 100) as i64);
    0
}
