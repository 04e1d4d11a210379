//@ run-pass
// Zero-sized types, PhantomData, arrays of them.
//> 30
//> 1000
//> 1000
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::marker::PhantomData;
struct Typed<T>(i64, PhantomData<T>);
struct Meters; struct Feet;
impl Typed<Feet> { fn to_m(&self) -> Typed<Meters> { Typed(self.0 * 3 / 10, PhantomData) } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(Typed::<Feet>(100, PhantomData).to_m().0);
    let z = [(); 1000];
    rt::num(z.len() as i64 + core::mem::size_of_val(&z) as i64);
    let mut n = 0; for () in z { n += 1; } rt::num(n);
    0
}
