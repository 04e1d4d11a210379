//@ run-pass
// Atomic operations with every ordering, compare-exchange, pointers and bools.
//> 23
//> 21
//> 1
//> 1
//> 3
//> 239
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::sync::atomic::{fence, AtomicBool, AtomicPtr, AtomicU32, AtomicU8, Ordering::*};
static N: AtomicU32 = AtomicU32::new(5);

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    N.store(10, Release);
    rt::num(N.fetch_add(3, AcqRel) as i64 + N.load(Acquire) as i64);
    rt::num(N.compare_exchange(13, 20, SeqCst, Relaxed).is_ok() as i64 + N.swap(1, SeqCst) as i64);
    rt::num(N.compare_exchange_weak(9, 2, AcqRel, Relaxed).unwrap_or_else(|e| e) as i64);
    let b = AtomicBool::new(false);
    rt::num(b.fetch_or(true, SeqCst) as i64 + b.load(Relaxed) as i64);
    let mut x = 3i64;
    let p = AtomicPtr::new(&mut x as *mut i64);
    rt::num(unsafe { *p.load(SeqCst) });
    let s = AtomicU8::new(200);
    s.fetch_max(250, Relaxed); s.fetch_and(0xf0, Relaxed); s.fetch_sub(1, Relaxed);
    fence(SeqCst);
    rt::num(s.load(SeqCst) as i64);
    0
}
