//@ run-pass
// Drop glue through trait objects and generics.
//> drop 1
//> drop 2
//> drop 3
//> 15
//> 4
//> drop 6
//> drop 4
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }
trait T { fn v(&self) -> i64; }
impl T for D { fn v(&self) -> i64 { self.0 } }
fn take<X>(x: X) -> i64 { let _x = x; 5 }
struct Own<'a>(&'a mut dyn T);

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(take(D(1)) + take(7u8) + take((D(2), D(3))));
    let mut d = D(4);
    let o = Own(&mut d);
    rt::num(o.0.v());
    let mut slot = core::mem::ManuallyDrop::new(D(6));
    let p: *mut dyn T = &mut *slot;
    unsafe { core::ptr::drop_in_place(p) };
    0
}
