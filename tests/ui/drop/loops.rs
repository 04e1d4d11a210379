//@ run-pass
//@ opt-levels: 0
// `break` with a value, `continue` and labels drop the locals and temporaries of every scope they leave, inside out.
//> bottom
//> drop b
//> drop a
//> drop c
//> drop b
//> drop a
//> new value
//> drop d
//> drop b
//> drop a
//> value
//> new temp
//> pair temp
//> drop temp
//> inner bottom
//> drop i
//> new temp
//> drop temp
//> drop i
//> drop o
//> 1
//> new wt
//> drop wt
//> new wt
//> pair wt
//> drop wt
//> while bottom
//> new lab
//> drop y
//> drop x
//> lab
//> new t0
//> new t1
//> drop z
//> new t2
//> new e0
//> new e1
//> new e2
//> elem e0
//> drop e0
//> drop e1
//> drop e2
//> drop n
//> drop f
//> drop f
//> 3
//> end
//> drop t0
//> drop t1
//> drop t2
//> drop lab
//> drop value
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn pair<'a>(a: &'a D, b: i64) -> i64 { show1("pair", a.0); b }
fn run() {
    let mut n = 0;
    let v = loop {
        let _a = D("a");
        n += 1;
        let _b = D("b");
        if n == 2 { let _c = D("c"); continue }
        if n == 3 { let _d = D("d"); break mk("value") }
        say("bottom");
    };
    say(v.0);
    let r = 'out: loop {
        let _o = D("o");
        for i in 0.. {
            let _i = D("i");
            pair(&mk("temp"), if i == 1 { break 'out i } else { i });
            say("inner bottom");
        }
    };
    num(r);
    let mut k = 0;
    while k < 2 {
        k += 1;
        let _w = pair(&mk("wt"), if k == 1 { continue } else { 5 });
        say("while bottom");
    }
    let w = 'l: { let _x = D("x"); { let _y = D("y"); if k == 2 { break 'l mk("lab") } } say("never"); D("other") };
    say(w.0);
    let _t = (mk("t0"), 'm: { let _z = D("z"); break 'm mk("t1") }, mk("t2"));
    for d in [mk("e0"), mk("e1"), mk("e2")] { if d.0 == "e1" { break } show1("elem", d.0); }
    'never: loop { let _n = D("n"); break 'never; }
    let f = |stop: bool| -> i64 { loop { let _f = D("f"); if stop { return 1 } return 2 } };
    num(f(true) + f(false));
    say("end");
}
