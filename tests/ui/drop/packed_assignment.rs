//@ run-pass
//@ opt-levels: 0
// Fields of packed structures are moved out to be dropped: assignment and partial moves included.
//> new d
//> new t
//> new d2
//> drop d
//> new d3
//> drop d2
//> new t2
//> drop t
//> drop t2
//> 2
//> new t3
//> new w
//> drop d3
//> d3
//> new a0
//> new a0t
//> new a1
//> new a1t
//> new a1 new
//> drop a1
//> end
//> drop a0
//> drop a0t
//> drop a1 new
//> drop a1t
//> drop t3
//> drop w
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

#[repr(packed)]
struct P { n: u8, d: D, t: (D, u8) }
struct W(P, D);
fn set(p: &mut P, name: &'static str) { p.d = mk(name); }
fn run() {
    let mut p = P { n: 1, d: mk("d"), t: (mk("t"), 3) };
    p.d = mk("d2");
    set(&mut p, "d3");
    p.t = (mk("t2"), 4);
    drop(p.t);
    p.n += 1;
    num(p.n as i64);
    p.t = (mk("t3"), 5);
    let w = W(p, mk("w"));
    let D(name) = { let P { d, .. } = w.0; d };
    say(name);
    let mut arr = [P { n: 1, d: mk("a0"), t: (mk("a0t"), 0) }, P { n: 2, d: mk("a1"), t: (mk("a1t"), 0) }];
    arr[1].d = mk("a1 new");
    say("end");
}
