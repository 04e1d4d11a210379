//@ run-pass
//@ opt-levels: 0
// `return` in the middle: the value is made first, then locals die; tails with `return`, unit tails, returns from nested closures.
//> new early
//> drop x
//> drop kept
//> moved out 1
//> early
//> new tail temp
//> drop tail temp
//> drop l
//> drop moved out
//> drop early
//> new late
//> drop z
//> drop y
//> drop x
//> new one
//> drop kept
//> drop moved out
//> one 2
//> late
//> new unit temp
//> ask unit temp
//> drop unit temp
//> drop l
//> drop one
//> drop late
//> new late
//> drop z
//> drop y
//> drop x
//> drop kept
//> moved out 3
//> late
//> new unit temp
//> ask unit temp
//> drop unit temp
//> drop l
//> drop moved out
//> drop late
//> new t
//> drop t
//> new t
//> drop t
//> drop s
//> d 0
//> new t
//> drop t
//> new t
//> drop s
//> d 1
//> drop t
//> drop i
//> drop i
//> drop o
//> 1
//> drop q
//> drop q
//> drop w
//> 1
//> drop q
//> new err
//> drop q
//> drop w
//> err
//> drop err
//> new err
//> drop q
//> drop w
//> err
//> drop err
//> drop ga
//> drop gb
//> drop ga
//> 10
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn a(n: i64) -> D { let _x = D("x"); if n == 0 { return mk("early") } let _y = D("y"); return { let _z = D("z"); mk("late") }; }
fn b(n: i64) -> (D, i64) { let d = D("moved out"); let _k = D("kept"); if n == 0 { return (d, 1) } match n { 1 => return (mk("one"), 2), _ => {} } (d, 3) }
fn c(n: i64) { let _l = D("l"); if n > 0 { return mk("unit temp").is(true).then_some(()).unwrap_or(()) } mk("tail temp"); }
fn d(v: &[i64]) -> Option<D> { let _s = D("s"); for &x in v { let t = mk("t"); if x > 1 { return Some(t) } } None }
fn e() -> i64 { let _o = D("o"); let f = |n: i64| { let _i = D("i"); if n > 0 { return n * 2 } n - 1 }; f(1) + f(0) }
fn f(n: i64) -> Result<i64, D> { let g = |k: i64| -> Result<i64, D> { let _q = D("q"); if k > 1 { Err(mk("err"))? } Ok(k) }; let _w = D("w"); Ok(g(n)? + g(n + 1)?) }
fn g(n: i64) -> i64 { let _a = D("ga"); [1, 2, if n > 0 { let _b = D("gb"); return 7 } else { 3 }].len() as i64 }
fn run() {
    for n in 0..3 { let x = a(n.min(1)); let y = b(n); show(y.0.0, y.1); say(x.0); c(n); }
    show("d", d(&[0, 1]).is_some() as i64);
    show("d", d(&[0, 2, 3]).is_some() as i64);
    num(e());
    for n in 0..3 { match f(n) { Ok(v) => num(v), Err(d) => say(d.0) } }
    num(g(0) + g(1));
}
