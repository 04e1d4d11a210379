//@ run-pass
//@ aux-build: leaves.rs
// A library's small functions work where its object does not hold them: called, through a pointer, a static's table and a vtable; what
// they change is one.
//> 10 11 12
//> 6 8 9 49 7
#![no_std]
#![no_main]
extern crate leaves;
#[path = "../support/rt.rs"]
mod rt;
use leaves::Area;

struct Out;
impl core::fmt::Write for Out {
    fn write_str(&mut self, s: &str) -> core::fmt::Result { rt::put(s); Ok(()) }
}
macro_rules! println { ($($t:tt)*) => {{ use core::fmt::Write; let _ = writeln!(Out, $($t)*); }}; }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    println!("{} {} {}", leaves::count(), leaves::count_here(), leaves::count());
    let shape: &dyn Area = &leaves::Square(7);
    let pick: fn(&[u32], usize) -> u32 = leaves::element;
    println!("{} {} {} {} {}", leaves::double(3), leaves::TABLE[0](4), leaves::TABLE[1](4), shape.area(), pick(&[5, 6, 7], 2));
    0
}
