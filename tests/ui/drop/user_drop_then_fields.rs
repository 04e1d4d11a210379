//@ run-pass
//@ opt-levels: 0
// The user's `drop` runs before the fields', fields in declaration order, tuples and closures likewise; attributes of layout change nothing.
//> new m0
//> new m1
//> new z
//> new d
//> z
//> outer
//> new z2
//> drop z
//> drop z2
//> inner d
//> drop d
//> drop m1
//> drop m0
//> new pd
//> new pe
//> 3
//> drop pd
//> drop pe
//> new qd
//> new qe
//> qd
//> new re
//> new rd
//> 3
//> new f0
//> new f1
//> new e
//> new md
//> 7
//> new al0
//> new al2
//> 7
//> drop al2
//> new g1
//> new made
//> drop made
//> end
//> drop g1
//> drop al0
//> drop e
//> drop md
//> drop f0
//> drop f1
//> drop rd
//> drop re
//> drop qd
//> drop qe
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct Outer { z: D, a: Inner, m: (D, D) }
struct Inner { d: D }
impl Drop for Outer { fn drop(&mut self) { say("outer"); self.z = mk("z2"); core::mem::swap(&mut self.m.0, &mut self.m.1); } }
impl Drop for Inner { fn drop(&mut self) { show1("inner", self.d.0) } }
#[repr(C, packed)]
struct Packed { b: u8, d: D, c: u16, e: D }
#[repr(C)]
struct Ordered { x: u8, d: D, y: u64, e: D }
struct Mixed { a: u8, d: D, b: u64, e: Option<D>, c: u16, f: [D; 2] }
#[repr(align(32))]
struct Aligned(D, u8, D);
struct Gen<T, F: Fn() -> T>(F, T);
fn run() {
    let o = Outer { m: (mk("m0"), mk("m1")), z: mk("z"), a: Inner { d: mk("d") } };
    say(o.z.0);
    drop(o);
    let p = Packed { b: 1, d: mk("pd"), c: 2, e: mk("pe") };
    num(p.b as i64 + { p.c } as i64);
    drop(p);
    let q = Packed { b: 1, d: mk("qd"), c: 2, e: mk("qe") };
    let taken = q.d;
    say(taken.0);
    let r = Ordered { e: mk("re"), d: mk("rd"), x: 1, y: 2 };
    num(r.x as i64 + r.y as i64);
    let m = Mixed { f: [mk("f0"), mk("f1")], e: Some(mk("e")), d: mk("md"), a: 1, b: 2, c: 3 };
    let Mixed { e, a, b, c, .. } = m;
    num(a as i64 + b as i64 + c as i64 + e.is_some() as i64);
    let al = Aligned(mk("al0"), 7, mk("al2"));
    let n = al.1;
    let Aligned(_, _, last) = al;
    num(n as i64);
    drop(last);
    let g = Gen(|| mk("made"), mk("g1"));
    drop((g.0)());
    let _ = (&g.1, &r.e);
    say("end");
}
