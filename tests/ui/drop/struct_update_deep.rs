//@ run-pass
//@ opt-levels: 0
// Struct update moves only the fields that are not given; the rest of the base dies where the base does.
//> local
//> new nb
//> t ba nb
//> -- temporary base
//> new na
//> temp
//> drop ba
//> 6
//> -- only copy
//> v
//> new wa
//> new wb
//> new wc
//> 5
//> -- everything
//> 5
//> -- other type
//> new ht
//> new ignored
//> drop ignored
//> ht
//> 13
//> z
//> new za
//> drop ba
//> za
//> end
//> drop za
//> drop bb
//> drop bc
//> drop ht
//> drop gd
//> drop wa
//> drop wb
//> drop wc
//> drop ba
//> drop bb
//> drop bc
//> drop na
//> drop bb
//> drop bc
//> drop ba
//> drop nb
//> drop bc
//> drop bb
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct S { a: D, b: D, c: D, n: i64 }
fn base(name: &'static str) -> S { say(name); S { a: D("ba"), b: D("bb"), c: D("bc"), n: 5 } }
struct G<T> { t: T, d: D }
#[derive(Clone, Copy)]
struct C { x: i64, y: i64 }
fn run() {
    let s = base("local");
    let t = S { b: mk("nb"), ..s };
    show2("t", t.a.0, t.b.0);
    say("-- temporary base");
    let u = S { n: 6, a: mk("na"), ..base("temp") };
    num(u.n);
    say("-- only copy");
    let v = base("v");
    let w = S { a: mk("wa"), b: mk("wb"), c: mk("wc"), ..v };
    num(w.n);
    say("-- everything");
    let x = S { ..w };
    num(x.n);
    say("-- other type");
    let g = G { t: 1, d: D("gd") };
    let h = G { t: mk("ht"), ..G { t: mk("ignored"), d: g.d } };
    say(h.t.0);
    let c = C { x: 1, ..C { x: 2, y: 3 } };
    num(c.x * 10 + c.y);
    let mut z = base("z");
    z = S { a: mk("za"), ..z };
    say(z.a.0);
    say("end");
}
