//@ run-pass
//@ opt-levels: 0
// Boxes of one's own: deref moves nothing, drop glue runs the user's drop first and then the fields; `*ptr = v` drops the old value.
//> new new0
//> deref_mut b
//> drop in0
//> new all0
//> new all1
//> deref_mut b
//> drop new0
//> drop in1
//> deref b
//> all1
//> deref outer
//> deref inner
//> core
//> into outer
//> drop outer
//> unwrapped
//> deref_mut b
//> deref b
//> all1
//> free inner
//> drop core
//> drop inner
//> new raw2
//> drop raw
//> drop raw2
//> end
//> drop raw2
//> free b
//> drop all1
//> drop all0
//> drop b
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::ops::{Deref, DerefMut};
struct Bx<T> { p: core::mem::ManuallyDrop<T>, tag: D }
impl<T> Bx<T> { fn new(t: T, name: &'static str) -> Self { Bx { p: core::mem::ManuallyDrop::new(t), tag: D(name) } } fn into(mut self) -> T { let t = unsafe { core::mem::ManuallyDrop::take(&mut self.p) }; show1("into", self.tag.0); let tag = unsafe { core::ptr::read(&self.tag) }; core::mem::forget(self); drop(tag); t } }
impl<T> Deref for Bx<T> { type Target = T; fn deref(&self) -> &T { show1("deref", self.tag.0); &self.p } }
impl<T> DerefMut for Bx<T> { fn deref_mut(&mut self) -> &mut T { show1("deref_mut", self.tag.0); &mut self.p } }
impl<T> Drop for Bx<T> { fn drop(&mut self) { show1("free", self.tag.0); unsafe { core::mem::ManuallyDrop::drop(&mut self.p) } } }
fn run() {
    let mut b = Bx::new((D("in0"), D("in1")), "b");
    b.0 = mk("new0");
    *b = (mk("all0"), mk("all1"));
    say(b.1.0);
    let n = Bx::new(Bx::new(D("core"), "inner"), "outer");
    say(n.0);
    let i = n.into();
    say("unwrapped");
    { let (x, y) = &mut *b; core::mem::swap(x, y); }
    say(b.0.0);
    drop(i);
    let mut raw = D("raw");
    let p = &mut raw as *mut D;
    unsafe { *p = mk("raw2"); }
    unsafe { (*p) = D((*p).0); }
    say("end");
}
