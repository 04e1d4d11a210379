//@ run-pass
//@ opt-levels: 0
// Owners of raw memory: Rc and Vec of one's own drop their contents when the last owner goes, in order.
//> new rc0
//> new rc1
//> count 1
//> one
//> rc1
//> new s0
//> new s1
//> new s2
//> new s3
//> full s3
//> drop s3
//> new s4
//> drop s4
//> drop s2
//> ask s1
//> drop s1
//> ask s0
//> stack 0
//> new nested
//> end
//> stack 2
//> stack 0
//> stack 1
//> drop nested
//> stack 1
//> drop s0
//> count 0
//> drop rc0
//> drop rc1
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::cell::Cell;
use core::mem::ManuallyDrop;
struct Count<T> { n: Cell<i64>, v: ManuallyDrop<T> }
struct MyRc<'a, T>(&'a Count<T>);
impl<'a, T> MyRc<'a, T> { fn new(c: &'a Count<T>) -> Self { c.n.set(1); MyRc(c) } }
impl<T> MyRc<'_, T> { fn count(this: &Self) -> i64 { this.0.n.get() } }
impl<T> Clone for MyRc<'_, T> { fn clone(&self) -> Self { self.0.n.set(self.0.n.get() + 1); MyRc(self.0) } }
impl<T> Drop for MyRc<'_, T> {
    fn drop(&mut self) {
        let n = self.0.n.get() - 1;
        show("count", n);
        self.0.n.set(n);
        if n == 0 { unsafe { core::ptr::drop_in_place(&raw const *self.0.v as *mut T) } }
    }
}
impl<T> core::ops::Deref for MyRc<'_, T> { type Target = T; fn deref(&self) -> &T { &self.0.v } }
struct Stack<T, const N: usize> { items: [core::mem::MaybeUninit<T>; N], len: usize }
impl<T, const N: usize> Stack<T, N> {
    fn new() -> Self { Stack { items: [const { core::mem::MaybeUninit::uninit() }; N], len: 0 } }
    fn push(&mut self, t: T) -> Result<(), T> { if self.len == N { return Err(t) } self.items[self.len].write(t); self.len += 1; Ok(()) }
    fn pop(&mut self) -> Option<T> { self.len = self.len.checked_sub(1)?; Some(unsafe { self.items[self.len].assume_init_read() }) }
    fn retain(&mut self, mut f: impl FnMut(&T) -> bool) { let mut keep = Stack::<T, N>::new(); core::mem::swap(self, &mut keep); while let Some(t) = keep.pop() { if f(&t) { let _ = self.push(t); } } }
}
impl<T, const N: usize> Drop for Stack<T, N> { fn drop(&mut self) { show("stack", self.len as i64); for i in 0..self.len { unsafe { self.items[i].assume_init_drop() } } } }
fn count<T>(t: T) -> Count<T> { Count { n: Cell::new(0), v: ManuallyDrop::new(t) } }
fn run() {
    let c = count((mk("rc0"), mk("rc1")));
    let a = MyRc::new(&c);
    let b = a.clone();
    drop(a);
    say(MyRc::count(&b).to_str());
    say(b.1.0);
    let mut s = Stack::<D, 3>::new();
    let _ = s.push(mk("s0"));
    let _ = s.push(mk("s1"));
    let _ = s.push(mk("s2"));
    if let Err(d) = s.push(mk("s3")) { show1("full", d.0) }
    let _ = s.push(mk("s4"));
    s.pop();
    s.retain(|d| d.is(d.0 == "s0"));
    let mut t = Stack::<Stack<D, 1>, 2>::new();
    let _ = t.push(Stack::new());
    let mut one = Stack::new();
    let _ = one.push(mk("nested"));
    let _ = t.push(one);
    say("end");
}
trait ToStr { fn to_str(&self) -> &'static str; }
impl ToStr for i64 { fn to_str(&self) -> &'static str { if *self == 1 { "one" } else { "many" } } }
