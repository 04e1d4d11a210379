//@ run-pass
// ManuallyDrop, forget, mem::replace, take, swap, drop_in_place.
//> old 3
//> a 5
//> drop 1
//> drop 4
//> drop 3
//> drop 5
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    use core::mem::{self, ManuallyDrop};
    let mut m = ManuallyDrop::new(D(1));
    mem::forget(D(2));
    let mut a = D(3);
    let old = mem::replace(&mut a, D(4));
    rt::show("old", old.0);
    let mut b = D(5);
    mem::swap(&mut a, &mut b);
    rt::show("a", a.0);
    unsafe { ManuallyDrop::drop(&mut m); }
    0
}
