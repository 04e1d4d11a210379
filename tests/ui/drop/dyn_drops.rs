//@ run-pass
//@ opt-levels: 0
// Drops through vtables: `dyn Trait` in place, slices, unsized tails, with and without drop glue.
//> new a
//> new b0
//> new b1
//> new d
//> new d1
//> new d2
//> a
//> two
//> nothing to drop
//> d
//> ptr
//> drop a
//> ptr
//> drop b0
//> drop b1
//> ptr
//> ptr
//> drop own d
//> drop own d
//> drop d
//> drop d1
//> drop d2
//> new e0
//> new e1
//> new f0
//> new f1
//> new f2
//> ptr
//> drop f0
//> drop f1
//> drop f2
//> new g0
//> new g1
//> new g2
//> ptr
//> drop g0
//> drop own g1
//> drop g1
//> drop g2
//> new captured
//> ptr
//> drop captured
//> ptr
//> end
//> ptr
//> drop e0
//> drop e1
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::mem::ManuallyDrop;
trait Tr { fn name(&self) -> &'static str; }
impl Tr for D { fn name(&self) -> &'static str { self.0 } }
struct Two(D, D);
impl Tr for Two { fn name(&self) -> &'static str { "two" } }
struct None0;
impl Tr for None0 { fn name(&self) -> &'static str { "nothing to drop" } }
struct Own<T: Tr>(T, D);
impl<T: Tr> Tr for Own<T> { fn name(&self) -> &'static str { self.0.name() } }
impl<T: Tr> Drop for Own<T> { fn drop(&mut self) { show1("drop own", self.0.name()); } }
struct Tail<T: ?Sized>(D, T);
struct Ptr<T: ?Sized>(*mut T);
impl<T: ?Sized> Drop for Ptr<T> { fn drop(&mut self) { say("ptr"); unsafe { core::ptr::drop_in_place(self.0) } } }
fn run() {
    let mut a = ManuallyDrop::new(mk("a"));
    let mut b = ManuallyDrop::new(Two(mk("b0"), mk("b1")));
    let mut c = ManuallyDrop::new(None0);
    let mut d = ManuallyDrop::new(Own(Own(mk("d"), mk("d1")), mk("d2")));
    let all: [Ptr<dyn Tr>; 4] = [Ptr(&mut *a), Ptr(&mut *b), Ptr(&mut *c), Ptr(&mut *d)];
    for p in &all { say(unsafe { &*p.0 }.name()) }
    drop(all);
    let mut e = ManuallyDrop::new([mk("e0"), mk("e1")]);
    let _s: Ptr<[D]> = Ptr(&mut *e as &mut [D]);
    let mut f = ManuallyDrop::new(Tail(mk("f0"), [mk("f1"), mk("f2")]));
    drop(Ptr(&mut *f as &mut Tail<[D]>));
    let mut g = ManuallyDrop::new(Tail(mk("g0"), Own(mk("g1"), mk("g2"))));
    drop(Ptr(&mut *g as &mut Tail<dyn Tr>));
    let mut h = ManuallyDrop::new({ let cap = mk("captured"); move || { let _ = &cap; } });
    drop(Ptr(&mut *h as &mut dyn Fn()));
    let mut z: [D; 0] = [];
    drop(Ptr(&mut z[..]));
    say("end");
}
