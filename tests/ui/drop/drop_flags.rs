//@ run-pass
// Values set or moved on some paths only, in loops and `match` arms: each is dropped exactly once.
//> end
//> new d
//> init d
//> end
//> drop d
//> new d
//> new e
//> drop d
//> end
//> drop e
//> new d
//> new e
//> drop e
//> drop d
//> end
//> new d
//> new e
//> ask e
//> drop e
//> end
//> drop d
//> new d
//> new e
//> end
//> drop e
//> drop d
//> new d
//> new spare
//> v d
//> drop d
//> new odd
//> drop spare
//> stored
//> new odd
//> v odd
//> drop odd
//> drop odd
//> new again
//> moved 1
//> drop again
//> new v
//> round
//> new v
//> drop v
//> drop v
//> new v
//> out v
//> drop v
//> new t0
//> new t1
//> new t2
//> end
//> drop t0
//> drop t1
//> drop t2
//> new t0
//> new t1
//> new t2
//> u t0
//> end
//> drop t0
//> drop t1
//> drop t2
//> new t0
//> new t1
//> new t2
//> drop t2
//> end
//> drop t0
//> drop t1
//> new t0
//> new t1
//> new t2
//> u t0
//> drop t2
//> end
//> drop t0
//> drop t1
//> new t0
//> new t1
//> new t2
//> drop t1
//> end
//> drop t0
//> drop t2
//> new t0
//> new t1
//> new t2
//> u t0
//> drop t1
//> end
//> drop t0
//> drop t2
//> new t0
//> new t1
//> new t2
//> drop t2
//> drop t1
//> end
//> drop t0
//> new t0
//> new t1
//> new t2
//> u t0
//> drop t2
//> drop t1
//> end
//> drop t0
//> new a
//> drop a
//> 0
//> new a
//> new b
//> drop a
//> drop b
//> 1
//> new a
//> new b
//> c a
//> drop a
//> drop b
//> 2
//> new a
//> new b
//> c b
//> drop b
//> drop a
//> 2
//> new 1
//> new 2
//> drop 1
//> d 2
//> drop 2
//> new 1
//> drop 1
//> new 2
//> d 2
//> drop 2
//> new 1
//> drop 1
//> new 2
//> new 3
//> drop 2
//> d 3
//> drop 3
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn cond_init(n: i64) {
    let d;
    if n > 0 { d = mk("d"); show1("init", d.0); }
    say("end");
}
fn cond_move(n: i64) {
    let d = mk("d");
    let e = mk("e");
    match n { 0 => drop(d), 1 => { drop(e); drop(d) } 2 if e.is(true) => drop(e), _ => {} }
    say("end");
}
fn in_loop(n: i64) {
    let mut d = Some(mk("d"));
    let mut spare = mk("spare");
    let mut moved = false;
    for i in 0..n {
        let x = if i % 2 == 0 { d.take() } else { Some(mk("odd")) };
        if let Some(v) = x { if i == 1 { spare = v; say("stored") } else { show1("v", v.0) } }
        if i == 3 { moved = true; drop(spare); spare = mk("again"); }
    }
    show("moved", moved as i64);
    let _ = &spare;
}
fn set_in_loop() {
    let mut v;
    let mut i = 0;
    loop {
        v = mk("v");
        i += 1;
        if i == 3 { break }
        if i == 2 { drop(v); continue }
        say("round");
    }
    show1("out", v.0);
}
fn fields(n: i64) {
    let t = (mk("t0"), (mk("t1"), mk("t2")));
    let u;
    if n & 1 != 0 { u = t.0; show1("u", u.0); }
    if n & 2 != 0 { drop(t.1.1); }
    if n & 4 != 0 { let _x = t.1.0; }
    say("end");
}
fn early(n: i64) -> i64 {
    let a = mk("a");
    if n == 0 { return 0 }
    let b = mk("b");
    if n == 1 { drop(a); return 1 }
    let c = if n == 2 { a } else { b };
    show1("c", c.0);
    2
}
fn overwrite(n: i64) {
    let mut d = mk("1");
    if n > 0 { drop(d); }
    d = mk("2");
    if n > 1 { d = mk("3"); }
    show1("d", d.0);
}
fn run() {
    for n in 0..2 { cond_init(n); }
    for n in 0..4 { cond_move(n); }
    in_loop(5);
    set_in_loop();
    for n in 0..8 { fields(n); }
    for n in 0..4 { num(early(n)); }
    for n in 0..3 { overwrite(n); }
}
