//@ run-pass
// References and raw pointers to statics in constants, associated constants and other statics.
//> 116
//> 10
//> 21
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::sync::atomic::{AtomicI64, Ordering::Relaxed};
static A: i64 = 5;
static COUNT: AtomicI64 = AtomicI64::new(1);
static mut M: i64 = 9;
const RA: &i64 = &A;
const RC: &AtomicI64 = &COUNT;
const PM: *mut i64 = &raw mut M;
static LOOP_A: Node = Node { v: 1, next: Some(&LOOP_B) };
static LOOP_B: Node = Node { v: 2, next: Some(&LOOP_A) };
struct Node { v: i64, next: Option<&'static Node> }
trait T { const R: &'static AtomicI64; }
impl T for u8 { const R: &'static AtomicI64 = RC; }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    RC.fetch_add(10, Relaxed);
    <u8 as T>::R.fetch_add(100, Relaxed);
    rt::num(COUNT.load(Relaxed) + *RA);
    unsafe { *PM += 1; rt::num(*PM); }
    rt::num(LOOP_A.next.map_or(0, |b| b.v * 10 + b.next.map_or(0, |a| a.v)));
    0
}
