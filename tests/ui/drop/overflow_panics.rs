//@ run-fail
//@ exit-code: 101
//@ opt-levels: 0
// Compound assignment to a primitive evaluates the right operand first and checks last.
//> value
//> v 5
//> place
//> a 255
//> new live
//> v 0
//> place
//> v 1
//> none live
//> v 0
//> v 9
//> divisor
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn v(n: u8) -> u8 { show("v", n as i64); n }
fn run() {
    let mut a = [250u8, 1];
    a[{ say("place"); 0 }] += { say("value"); v(5) };
    show("a", a[0] as i64);
    let d = mk("live");
    a[{ say("place"); 0 }] = a[0].checked_add(v(0)).unwrap_or(1);
    let s: Option<u8> = a[0].checked_add(v(1));
    show1(if s.is_none() { "none" } else { "some" }, d.0);
    let zero = v(0);
    a[1] = v(9) / { say("divisor"); zero };
    say("not reached");
}
