//@ run-pass
// `&mut` parameters, out-pointers and returns of big values: moves through memory drop nothing twice.
//> new a
//> new t0
//> new t1
//> new b
//> new t0
//> new t1
//> swapped b a
//> new filled
//> new t0
//> new t1
//> new filled
//> new t0
//> new t1
//> drop filled
//> drop t0
//> drop t1
//> drop filled
//> drop t0
//> drop t1
//> drop a
//> drop t0
//> drop t1
//> b
//> drop b
//> 7
//> drop t0
//> drop t1
//> new deep
//> new t0
//> new t1
//> new rec
//> drop deep
//> new rec
//> drop rec
//> 140
//> new x
//> new t0
//> new t1
//> new y
//> new t0
//> new t1
//> x
//> 2
//> new g
//> new t0
//> new t1
//> drop t0
//> drop t1
//> g
//> drop g
//> end
//> drop t0
//> drop t1
//> drop x
//> drop y
//> drop t0
//> drop t1
//> drop t0
//> drop t1
//> drop rec
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct Big { pad: [u64; 20], d: D, tail: [D; 2] }
fn big(n: &'static str) -> Big { Big { pad: [7; 20], d: mk(n), tail: [mk("t0"), mk("t1")] } }
fn pass(b: Big) -> Big { let c = b; let d = c; d }
fn swap(a: &mut Big, b: Big) -> Big { core::mem::replace(a, b) }
fn fill(out: &mut Option<Big>, n: i64) { if n > 0 { *out = Some(big("filled")) } else { *out = None } }
fn pick(a: Big, b: Big, first: bool) -> Big { if first { a } else { b } }
fn part(b: Big) -> ([D; 2], u64) { (b.tail, b.pad[3]) }
fn rec(b: Big, n: i64) -> Big { if n == 0 { b } else { let r = rec(b, n - 1); Big { d: mk("rec"), ..r } } }
fn run() {
    let mut a = pass(big("a"));
    let old = swap(&mut a, big("b"));
    show2("swapped", a.d.0, old.d.0);
    let mut o = None;
    fill(&mut o, 1);
    fill(&mut o, 1);
    fill(&mut o, 0);
    let p = pick(a, old, true);
    say(p.d.0);
    let (t, n) = part(p);
    num(n as i64);
    drop(t);
    let r = rec(big("deep"), 2);
    num(r.pad.iter().sum::<u64>() as i64);
    let arr = [big("x"), big("y")];
    let [Big { d, .. }, _] = arr;
    say(d.0);
    let f = move || r.tail.len();
    num(f() as i64);
    let g = big("g");
    let h = |b: Big| -> D { b.d };
    say(h(g).0);
    say("end");
}
