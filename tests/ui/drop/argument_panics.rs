//@ run-fail
//@ exit-code: 101
//@ opt-levels: 0
// A later argument that panics: the earlier ones have been evaluated, the call has not happened.
//> new a
//> fail 1
//> new c
//> called
//> drop c
//> drop a
//> new d
//> fail 2
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn f(_a: D, _b: i64, _c: D) { say("called") }
fn fail(n: i64) -> i64 { show("fail", n); assert!(n < 2); n }
fn run() {
    f(mk("a"), fail(1), mk("c"));
    f(mk("d"), fail(2), mk("e"));
    say("not reached");
}
