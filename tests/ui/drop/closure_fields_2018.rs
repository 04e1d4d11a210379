//@ run-pass
//@ edition: 2018
//@ opt-levels: 0
// Before edition 2021 closures capture whole variables.
//> in
//> drop a
//> drop b
//> after
//> made
//> drop wa
//> drop wb
//> after
//> called
//> drop t0
//> drop t1
//> end
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct S { a: D, b: D }
fn run() {
    let v = S { a: D("a"), b: D("b") };
    { let c = || { let _m = v.a; say("in"); }; c(); }
    say("after");
    let w = S { a: D("wa"), b: D("wb") };
    { let _c = move || { w.a.is(true); }; say("made"); }
    say("after");
    let t = (D("t0"), D("t1"));
    { let f = move || { let _ = &t.1; }; f(); say("called"); }
    say("end");
}
