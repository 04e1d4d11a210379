//@ run-fail
//@ compile-flags: -C overflow-checks=on
//@ exit-code: 101
// Arithmetic overflow with checks on reaches the panic handler.
//> 200
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn add(a: u8, b: u8) -> u8 { a + b }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(add(100, 100) as i64);
    rt::num(add(200, 100) as i64);
    0
}
