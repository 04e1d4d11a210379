//@ run-pass
//@ opt-levels: 0
// Leaving in the middle of an expression drops the operands that exist already, newest first.
//> round 0
//> new c
//> new a
//> drop a
//> drop c
//> round 1
//> new c
//> new a
//> new b
//> new t0
//> drop t0
//> drop a
//> drop b
//> drop c
//> round 2
//> new c
//> new a
//> new b
//> new t0
//> new t2
//> new x
//> new y
//> drop y
//> drop x
//> drop t0
//> drop t2
//> drop a
//> drop b
//> drop c
//> round 3
//> new c
//> new a
//> new b
//> new t0
//> new t2
//> new x
//> new y
//> new z
//> new f0
//> drop a
//> drop f0
//> drop x
//> drop y
//> drop z
//> drop t0
//> drop t2
//> drop b
//> drop c
//> new moved
//> new second
//> drop second
//> drop moved
//> 3
//> new receiver
//> new out
//> drop receiver
//> out
//> new old
//> drop old
//> 1
//> new in
//> drop in
//> end
//> drop out
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct S { a: D, b: D, c: D }
fn three(_a: D, _b: D, _c: D) { say("called") }
fn run() {
    for n in 0..4 {
        show("round", n);
        let _r: () = loop {
            let s = S { c: mk("c"), a: mk("a"), b: if n == 0 { break } else { mk("b") } };
            let _t = (mk("t0"), if n == 1 { break } else { 1 }, mk("t2"));
            let _arr = [mk("x"), mk("y"), if n == 2 { break } else { mk("z") }];
            three(mk("f0"), s.a, if n == 3 { break } else { mk("f2") });
        };
    }
    let v: i64 = 'b: { let x = mk("moved"); three(x, mk("second"), break 'b 3); };
    num(v);
    let w = 'b: { mk("receiver").then(if v == 3 { break 'b mk("out") } else { mk("arg") }) };
    say(w.0);
    let u = 'b: { let mut d = mk("old"); d = if v == 3 { break 'b 1 } else { mk("new") }; d.0.len() };
    num(u as i64);
    let q = 'b: { let _e = Some((mk("in"), break 'b 9)); };
    let _ = q;
    say("end");
}
