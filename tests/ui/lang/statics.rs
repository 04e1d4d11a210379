//@ run-pass
// Statics, static mut, interior mutability, addresses that stay.
//> hi
//> 42
//> 42
//> 3
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::sync::atomic::{AtomicI64, Ordering};
static GREETING: &str = "hi";
static COUNT: AtomicI64 = AtomicI64::new(40);
static mut PLAIN: [i64; 3] = [1, 2, 3];
static NESTED: &[&[i64]] = &[&[1], &[2, 3]];
fn bump() -> i64 { COUNT.fetch_add(1, Ordering::Relaxed) }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::line(GREETING);
    bump();
    bump();
    rt::num(COUNT.load(Ordering::Relaxed));
    unsafe { PLAIN[1] += 40; rt::num(PLAIN[1]); }
    rt::num(NESTED[1][1]);
    0
}
