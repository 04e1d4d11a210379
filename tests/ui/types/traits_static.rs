//@ run-pass
// Traits with default methods, associated types and consts, static dispatch.
//> 32
//> 53
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

trait Shape { const SIDES: i64; type Unit; fn area(&self) -> i64; fn twice(&self) -> i64 { self.area() * 2 } fn make() -> Self; }
struct Sq(i64);
struct Rect { w: i64, h: i64 }
impl Shape for Sq { const SIDES: i64 = 4; type Unit = u8; fn area(&self) -> i64 { self.0 * self.0 } fn make() -> Self { Sq(3) } }
impl Shape for Rect { const SIDES: i64 = 40; type Unit = u32; fn area(&self) -> i64 { self.w * self.h } fn twice(&self) -> i64 { -1 } fn make() -> Self { Rect { w: 2, h: 5 } } }
fn total<S: Shape>() -> i64 { let s = S::make(); s.area() + s.twice() + S::SIDES + core::mem::size_of::<S::Unit>() as i64 }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(total::<Sq>());
    rt::num(total::<Rect>());
    0
}
