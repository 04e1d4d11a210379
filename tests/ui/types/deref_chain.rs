//@ run-pass
// Deref through several smart pointers, method lookup, DerefMut, Index through Deref.
//> 24
//> 6
//> 20
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::ops::{Deref, DerefMut};
struct P<T>(T);
impl<T> Deref for P<T> { type Target = T; fn deref(&self) -> &T { &self.0 } }
impl<T> DerefMut for P<T> { fn deref_mut(&mut self) -> &mut T { &mut self.0 } }
struct In { v: [i64; 3] }
impl In { fn total(&self) -> i64 { self.v[0] + self.v[1] + self.v[2] } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut p = P(P(In { v: [1, 2, 3] }));
    p.v[1] = 20;
    rt::num(p.total());
    rt::num(p.v.len() as i64 + (**p).v[2]);
    let q: &In = &p;
    rt::num(q.v[1]);
    0
}
