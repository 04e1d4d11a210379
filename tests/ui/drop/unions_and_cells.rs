//@ run-pass
//@ opt-levels: 0
// Unions never drop what they hold; cells, options in cells and once-cells drop what is replaced.
//> text
//> new in union
//> renamed
//> drop renamed
//> one
//> 1065353216
//> new cell
//> new cell2
//> drop cell
//> drop cell2
//> new rc0
//> new rc1
//> new rc0b
//> drop rc0
//> new rc1b
//> drop rc0b
//> new once
//> once
//> once
//> new refused
//> set again 1
//> drop refused
//> before
//> new lazy
//> lazy
//> new held
//> drop held
//> new uc
//> new uc2
//> drop uc
//> end
//> drop uc2
//> drop lazy
//> drop once
//> drop rc1
//> drop rc1b
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::cell::{Cell, OnceCell, RefCell, UnsafeCell, LazyCell};
use core::mem::ManuallyDrop;
#[repr(C)]
union U<'a> { d: ManuallyDrop<D>, r: &'a str, n: [u8; 16] }
#[derive(Clone, Copy)]
union C { a: u32, b: f32 }
fn run() {
    let mut u = U { r: "text" };
    unsafe { match u { U { r } => say(r) } }
    u.d = ManuallyDrop::new(mk("in union"));
    unsafe { (*u.d).0 = "renamed"; say((*u.d).0); ManuallyDrop::drop(&mut u.d); }
    unsafe { let U { n: [_, ..] } = u; }
    let c = C { b: 1.0 };
    unsafe { match c { C { a: 0x3f80_0000 } => say("one"), _ => say("other") } }
    let x = unsafe { let C { a } = c; a as i64 };
    num(x);
    let cell = Cell::new(Some(mk("cell")));
    let old = cell.replace(Some(mk("cell2")));
    drop(old);
    cell.set(None);
    let rc = RefCell::new((mk("rc0"), mk("rc1")));
    { let mut b = rc.borrow_mut(); b.0 = mk("rc0b"); let (p, q) = &mut *b; core::mem::swap(p, q); }
    drop(core::mem::replace(&mut rc.borrow_mut().1, mk("rc1b")));
    let oc = OnceCell::new();
    say(oc.get_or_init(|| mk("once")).0);
    say(oc.get_or_init(|| mk("never")).0);
    show("set again", oc.set(mk("refused")).is_err() as i64);
    let lazy = LazyCell::new(|| mk("lazy"));
    say("before");
    say(lazy.0);
    let unused = LazyCell::new({ let k = mk("held"); move || k });
    drop(unused);
    let uc = UnsafeCell::new(mk("uc"));
    unsafe { *uc.get() = mk("uc2"); }
    say("end");
}
