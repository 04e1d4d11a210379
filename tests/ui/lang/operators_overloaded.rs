//@ run-pass
// Operator traits on user types, by value and by reference, with assignment forms.
//> 11,22
//> 9,18
//> -3,-6
//> 11,122
//> 10
//> 11
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::ops::*;
#[derive(Clone, Copy, PartialEq)]
struct V(i64, i64);
impl Add for V { type Output = V; fn add(self, o: V) -> V { V(self.0 + o.0, self.1 + o.1) } }
impl<'a> Sub<&'a V> for &'a V { type Output = V; fn sub(self, o: &V) -> V { V(self.0 - o.0, self.1 - o.1) } }
impl Mul<i64> for V { type Output = V; fn mul(self, k: i64) -> V { V(self.0 * k, self.1 * k) } }
impl Neg for V { type Output = V; fn neg(self) -> V { V(-self.0, -self.1) } }
impl Not for V { type Output = bool; fn not(self) -> bool { self == V(0, 0) } }
impl AddAssign for V { fn add_assign(&mut self, o: V) { self.0 += o.0; self.1 += o.1; } }
impl Index<usize> for V { type Output = i64; fn index(&self, i: usize) -> &i64 { if i == 0 { &self.0 } else { &self.1 } } }
impl IndexMut<usize> for V { fn index_mut(&mut self, i: usize) -> &mut i64 { if i == 0 { &mut self.0 } else { &mut self.1 } } }
fn show(v: V) { rt::put_num(v.0); rt::put(","); rt::num(v.1); }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let a = V(1, 2);
    let b = V(10, 20);
    show(a + b);
    show(&b - &a);
    show(-a * 3);
    let mut c = a;
    c += b;
    c[1] += 100;
    show(c);
    rt::num(!V(0, 0) as i64 * 10 + !c as i64);
    rt::num(c[0]);
    0
}
