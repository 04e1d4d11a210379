//@ run-pass
// Blanket impls, conversion traits, trait methods on primitives.
//> 18
//> 9
//> 4294967295
//> 7
//> 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

trait Double { fn double(&self) -> i64; }
impl<T: Copy + Into<i64>> Double for T { fn double(&self) -> i64 { (*self).into() * 2 } }
struct W(i64);
impl From<W> for i64 { fn from(w: W) -> i64 { w.0 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(4i32.double() + 5u8.double());
    let x: i64 = W(9).into();
    rt::num(x);
    let y: u64 = u32::MAX.into();
    rt::num(y as i64);
    rt::num(i64::from(7i16));
    rt::num(u8::try_from(300i32).is_err() as i64);
    0
}
