//@ run-pass
//@ opt-levels: 0
// ManuallyDrop, MaybeUninit, forget, unions and raw writes: nothing is dropped but what is asked for.
//> new m
//> new hm
//> new hd
//> new forgotten
//> new u1
//> new u2
//> drop u2
//> new u3
//> u3
//> new union
//> drop union
//> 5
//> new union2
//> new v0
//> new v1
//> new v1 new
//> drop v1
//> drop v1 new
//> v0
//> new s0
//> drop s0
//> new w
//> new w2
//> w
//> taken m renamed
//> end
//> drop m renamed
//> drop w
//> drop w2
//> drop v0
//> drop u3
//> drop hd
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::mem::{self, ManuallyDrop, MaybeUninit};
union U { d: ManuallyDrop<D>, n: u64 }
union V { a: ManuallyDrop<(D, D)>, b: () }
struct H { m: ManuallyDrop<D>, d: D }
fn run() {
    let mut m = ManuallyDrop::new(mk("m"));
    m.0 = "m renamed";
    let _h = H { m: ManuallyDrop::new(mk("hm")), d: mk("hd") };
    mem::forget(mk("forgotten"));
    let mut u = MaybeUninit::<D>::uninit();
    u.write(mk("u1"));
    u.write(mk("u2"));
    unsafe { u.assume_init_drop() };
    u.write(mk("u3"));
    let got = unsafe { u.assume_init() };
    say(got.0);
    let mut x = U { d: ManuallyDrop::new(mk("union")) };
    unsafe { ManuallyDrop::drop(&mut x.d) };
    x.n = 5;
    num(unsafe { x.n } as i64);
    x.d = ManuallyDrop::new(mk("union2"));
    let mut v = V { b: () };
    v.a = ManuallyDrop::new((mk("v0"), mk("v1")));
    unsafe { (*v.a).1 = mk("v1 new"); }
    let a = unsafe { let V { a } = v; a };
    let (a0, _) = ManuallyDrop::into_inner(unsafe { mem::transmute::<_, ManuallyDrop<(D, D)>>(a) });
    say(a0.0);
    let mut slots: [MaybeUninit<D>; 2] = [const { MaybeUninit::uninit() }; 2];
    slots[0].write(mk("s0"));
    unsafe { core::ptr::drop_in_place(slots[0].as_mut_ptr()) };
    let mut w = mk("w");
    let copy = unsafe { core::ptr::read(&w) };
    unsafe { core::ptr::write(&mut w, mk("w2")) };
    say(copy.0);
    let taken = unsafe { ManuallyDrop::take(&mut m) };
    show1("taken", taken.0);
    say("end");
    let _ = &_h.m;
    let _ = &_h.d;
}
