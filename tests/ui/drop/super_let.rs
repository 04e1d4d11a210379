//@ run-pass
//@ edition: 2024
//@ opt-levels: 0
// `super let` lives as long as the result of its block would; `pin!` is built of it.
//> new kept
//> kept
//> new statement
//> statement
//> drop statement
//> new inner
//> new outer
//> drop local
//> outer
//> new pinned
//> pinned
//> new short
//> short
//> drop short
//> new in match
//> in match
//> drop in match
//> new q
//> new q2
//> drop q
//> new late
//> late
//> new unused
//> 11
//> end
//> drop unused
//> drop late
//> drop q2
//> drop pinned
//> drop outer
//> drop inner
//> drop kept
#![no_std]
#![no_main]
#![feature(super_let)]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::pin::{pin, Pin};
struct W<'a>(&'a D);
macro_rules! keep { ($e:expr) => {{ super let d = $e; W(&d) }} }
fn touch(p: Pin<&mut D>) -> &'static str { p.0 }
fn run() {
    let w = keep!(mk("kept"));
    say(w.0.0);
    say(keep!(mk("statement")).0.0);
    let n = { super let inner = mk("inner"); super let outer = (&inner, mk("outer")); let _l = D("local"); W(&outer.1) };
    say(n.0.0);
    let p = pin!(mk("pinned"));
    say(touch(p));
    say(touch(pin!(mk("short"))));
    match keep!(mk("in match")).0.0 { s => say(s) }
    let mut q = pin!(mk("q"));
    q.set(mk("q2"));
    let late = { super let d; d = mk("late"); &d };
    say(late.0);
    let plain = { super let x = mk("unused"); 5 + x.0.len() as i64 };
    num(plain);
    say("end");
}
