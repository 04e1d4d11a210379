//@ package: librust-lazy-static-dev
//@ features: spin_no_std
//@ depends: spin
#![no_std]
#![no_main]
#[path = "../ui/support/rt_alloc.rs"]
#[macro_use]
mod rt;

extern crate alloc;
#[macro_use]
extern crate lazy_static;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, Ordering};
static CALLS: AtomicU32 = AtomicU32::new(0);
lazy_static! {
    /// Squares.
    static ref SQUARES: Vec<u32> = { CALLS.fetch_add(1, Ordering::Relaxed); (0..6).map(|x| x * x).collect() };
    pub static ref SUM: u32 = SQUARES.iter().sum();
}
#[no_mangle]
pub extern "C" fn main() -> i32 {
    println!("{}", CALLS.load(Ordering::Relaxed));
    lazy_static::initialize(&SUM);
    println!("{} {:?} {}", *SUM, *SQUARES, CALLS.load(Ordering::Relaxed));
    0
}
