//@ run-fail
//@ exit-code: 101
//@ opt-levels: 0
// A guard that panics leaves the scrutinee unmoved: the trace ends in the guard.
//> boom a
//> ask a
//> drop local
//> drop a
//> 2
//> drop local
//> 3
//> boom b
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn boom(d: &D) -> bool { show1("boom", d.0); if d.0 == "b" { panic!() } false }
fn f(v: Option<D>) -> i64 {
    let _l = D("local");
    match v { Some(d) if boom(&d) => 1, Some(ref d) if d.is(true) => 2, _ => 3 }
}
fn run() {
    num(f(Some(D("a"))));
    num(f(None));
    num(f(Some(D("b"))));
    say("not reached");
}
