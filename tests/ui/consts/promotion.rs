//@ run-pass
// Promoted constants live for the whole program.
//> 53
//> 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn a() -> &'static i64 { &42 }
fn b() -> &'static [i64] { &[1, 2, 3] }
fn c<T: K>() -> &'static i64 { &T::K }
trait K { const K: i64; }
impl K for u8 { const K: i64 = 8; }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(*a() + b()[2] + *c::<u8>());
    rt::num((a() as *const i64 == a() as *const i64) as i64);
    0
}
