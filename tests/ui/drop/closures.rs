//@ run-pass
//@ opt-levels: 0
// Captures: by move in order of first use, by reference not at all, parts of structures alone; FnOnce drops on call.
//> in y x
//> drop y
//> -- parts
//> in
//> drop b1
//> -- parts by move
//> made
//> drop b0
//> -- consumed
//> call
//> drop z
//> called
//> call
//> moved in
//> drop u
//> called
//> call
//> called
//> t
//> -- never called
//> drop n
//> -- references
//> new m2
//> drop m
//> new m2
//> drop m2
//> -- nested
//> a
//> drop b0
//> drop b1
//> drop a
//> -- unused capture
//> g called
//> new arg
//> new arg2
//> ask h
//> drop arg
//> drop arg2
//> end
//> drop h
//> drop q
//> drop m2
//> drop t
//> drop a
//> drop b1
//> drop a
//> drop b0
//> drop x
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct S { a: D, b: (D, D), n: i64 }
fn s() -> S { S { a: D("a"), b: (D("b0"), D("b1")), n: 4 } }
fn once<R>(f: impl FnOnce() -> R) -> R { say("call"); let r = f(); say("called"); r }
fn run() {
    let (x, y) = (D("x"), D("y"));
    let c = move || { let _ = &y; show2("in", y.0, x.0); };
    c();
    drop(c);
    say("-- parts");
    let v = s();
    { let c = || { let _m = v.b.1; say("in"); }; c(); }
    say("-- parts by move");
    let w = s();
    { let _c = move || { let _ = (&w.b.0, w.n); }; say("made"); }
    say("-- consumed");
    let z = D("z");
    once(move || drop(z));
    let u = D("u");
    once(|| { let _k = u; say("moved in"); });
    let t = D("t");
    let r = once(|| t);
    say(r.0);
    say("-- never called");
    let n = D("n");
    { let _f = move || n.is(true); }
    say("-- references");
    let mut m = D("m");
    { let mut f = || m = mk("m2"); f(); f(); }
    say("-- nested");
    let deep = s();
    { let outer = move || { let inner = || { let D(k) = &deep.a; say(k); }; inner(); drop(deep.b); }; outer(); }
    say("-- unused capture");
    let q = D("q");
    let g = move || { let _ = q; };
    g();
    say("g called");
    let h = D("h");
    let i = move |arg: D, _: D| { let _a = arg; h.is(false) };
    i(mk("arg"), mk("arg2"));
    say("end");
}
