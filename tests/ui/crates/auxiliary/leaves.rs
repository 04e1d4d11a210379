//@ compile-flags: -O
// Small functions that this crate's own object does not hold: with a private static, an assertion, a private callee, and one whose
// address a static holds.
#![no_std]
use core::sync::atomic::{AtomicU32, Ordering};

static COUNT: AtomicU32 = AtomicU32::new(10);
pub static TABLE: [fn(u32) -> u32; 2] = [double, private];

pub fn count() -> u32 {
    COUNT.fetch_add(1, Ordering::Relaxed)
}

pub fn element(a: &[u32], i: usize) -> u32 {
    a[i]
}

pub fn double(x: u32) -> u32 {
    private(x) - 1
}

fn private(x: u32) -> u32 {
    x * 2 + 1
}

#[inline(never)]
pub fn count_here() -> u32 {
    count()
}

pub trait Area {
    fn area(&self) -> u32;
}

pub struct Square(pub u32);

impl Area for Square {
    fn area(&self) -> u32 {
        self.0 * self.0
    }
}
