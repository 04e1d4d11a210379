//@ run-pass
//@ opt-levels: 0
// `_` binds nothing and moves nothing; `_x` keeps; shadowed bindings live to the end of the block.
//> new temp
//> drop temp
//> new kept
//> new d1
//> shadow d1
//> new d2
//> new d3
//> moved e only
//> new u
//> new v
//> in arg
//> drop v
//> drop u
//> new p0
//> new p1
//> drop p0
//> drop p1
//> new q0
//> new q1
//> new r0
//> new r1
//> drop r0
//> r1
//> new a
//> new b
//> drop b
//> new c0
//> new c1
//> new c2
//> drop c0
//> drop c2
//> c1
//> new l0
//> new l1
//> loop
//> drop l0
//> loop
//> drop l1
//> new k0
//> new k1
//> loop
//> drop k0
//> loop
//> drop k1
//> new f
//> closure
//> drop f
//> new g
//> closure
//> drop g
//> new iflet
//> then
//> drop iflet
//> new in
//> new ref in block
//> drop in
//> block
//> drop ref in block
//> new extended by wildcard
//> end
//> drop extended by wildcard
//> drop c1
//> drop a
//> drop r1
//> drop q0
//> drop q1
//> drop d3
//> drop d2
//> drop d1
//> drop kept
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn arg(_: D, _y: D) { say("in arg") }
struct P(D, D);
fn run() {
    let _ = mk("temp");
    let _x = mk("kept");
    let _ = _x;
    let d = mk("d1");
    let d = { show1("shadow", d.0); mk("d2") };
    let d = (d, mk("d3"));
    let (_, _e) = d;
    say("moved e only");
    arg(mk("u"), mk("v"));
    let P(_, _) = P(mk("p0"), mk("p1"));
    let P(_, ref _r) = P(mk("q0"), mk("q1"));
    let P { 1: z, .. } = P(mk("r0"), mk("r1"));
    say(z.0);
    let (_a, _) = (mk("a"), mk("b"));
    let ((_, c), _) = ((mk("c0"), mk("c1")), mk("c2"));
    say(c.0);
    for _ in [mk("l0"), mk("l1")] { say("loop"); }
    for _k in [mk("k0"), mk("k1")] { say("loop"); }
    let f = |_: D| say("closure");
    f(mk("f"));
    let g = |_g: D| say("closure");
    g(mk("g"));
    if let _ = mk("iflet") { say("then") }
    { let _ = { let _in = mk("in"); &mk("ref in block") }; say("block"); }
    let _ = &mk("extended by wildcard");
    say("end");
}
