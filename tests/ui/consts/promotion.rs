//@ run-pass
// Promoted constants live for the whole program.
//> 53
//> 1
//> 9
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn a() -> &'static i64 { &42 }
fn b() -> &'static [i64] { &[1, 2, 3] }
fn c<T: K>() -> &'static i64 { &T::K }
trait K { const K: i64; }
impl K for u8 { const K: i64 = 8; }
// By value: there is nothing to drop, and no cell.
struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::num(self.0) } }
const NONE: Option<D> = None;
const EMPTY: Option<core::cell::Cell<i64>> = None;
fn none() -> &'static Option<D> { &NONE }
fn empty() -> &'static Option<core::cell::Cell<i64>> { &EMPTY }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(*a() + b()[2] + *c::<u8>());
    rt::num((a() as *const i64 == a() as *const i64) as i64);
    let (n, e) = (none(), empty());
    rt::num(if n.is_none() && e.is_none() && none() as *const _ == n as *const _ { 9 } else { 1 });
    0
}
