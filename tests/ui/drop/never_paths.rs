//@ run-fail
//@ exit-code: 101
//@ opt-levels: 0
// Paths that never come back: diverging arms, `!` values, blocks that cannot end; only live paths drop.
//> new zero
//> picked zero
//> drop local
//> zero
//> drop zero
//> new one
//> drop local
//> one
//> drop one
//> new two
//> drop x
//> picked two
//> drop local
//> two
//> drop two
//> new no void
//> no void
//> drop no void
//> drop a
//> drop c
//> drop a
//> 3
//> drop k
//> drop abc
//> 3
//> drop f
//> end 3
#![no_std]
#![no_main]
#![feature(never_type)]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

enum Void {}
fn absurd(v: Void) -> D { match v {} }
fn end(n: i64) -> ! { let _e = D("not dropped"); show("end", n); panic!() }
fn pick(n: i64) -> D {
    let _l = D("local");
    let d = match n { 0 => mk("zero"), 1 => return mk("one"), 2 => loop { let _x = D("x"); break mk("two") }, _ => end(n) };
    show1("picked", d.0);
    d
}
fn never_called(f: Option<fn() -> Void>) -> D { match f { Some(f) => { let _t = D("t"); absurd(f()) } None => mk("no void") } }
fn both(n: i64) -> i64 { let _a = D("a"); let b: i64 = if n > 0 { return 1 } else { 2 }; let _c = D("c"); b }
fn unreachable_tail(d: D) -> i64 { let _k = D("k"); return d.0.len() as i64; #[allow(unreachable_code)] { drop(d); 0 } }
fn run() {
    for n in 0..3 { say(pick(n).0); }
    say(never_called(None).0);
    num(both(1) + both(0));
    num(unreachable_tail(D("abc")));
    let f = |n: i64| -> D { if n > 0 { D("f") } else { end(n) } };
    f(1);
    let _o: Option<!> = None;
    pick(3);
}
