//@ run-pass
// Derived Clone, PartialEq, Ord, Default, Hash on structs and enums.
//> 10
//> 1
//> 2
//> 1
//> 5817569766385061
//> 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::hash::{Hash, Hasher};
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default, Hash)] struct P { a: i64, b: (u8, bool) }
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)] enum E { #[default] A, B(i64), C { x: i64 } }
struct H(u64);
impl Hasher for H { fn finish(&self) -> u64 { self.0 } fn write(&mut self, b: &[u8]) { for x in b { self.0 = self.0.wrapping_mul(31).wrapping_add(*x as u64); } } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let p = P { a: 1, b: (2, true) };
    let q = P { a: 1, ..P::default() };
    rt::num((p == p.clone()) as i64 * 10 + (p == q) as i64);
    rt::num((q < p) as i64);
    rt::num((E::A < E::B(0)) as i64 + (E::B(5) < E::C { x: 0 }) as i64 + (E::B(1) > E::B(2)) as i64);
    rt::num((E::default() == E::A) as i64);
    let mut h = H(7);
    (3u8, true).hash(&mut h);
    E::A.hash(&mut h);
    rt::num(h.finish() as i64);
    rt::num(p.cmp(&q) as i64);
    0
}
