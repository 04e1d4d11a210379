//@ run-pass
// Fields moved out one by one, on some paths only, at any depth; what is left dies in declaration order.
//> end
//> drop a
//> drop b0
//> drop b1
//> drop x
//> drop y
//> --
//> moved b0
//> drop b0
//> end
//> drop a
//> drop b1
//> drop x
//> drop y
//> --
//> moved a x
//> drop x
//> drop a
//> end
//> drop b0
//> drop b1
//> drop y
//> --
//> drop x
//> drop y
//> dropped c
//> end
//> drop a
//> drop b0
//> drop b1
//> --
//> drop a
//> drop b0
//> drop b1
//> drop x
//> drop y
//> dropped all
//> end
//> --
//> drop b1
//> end
//> drop a
//> drop b0
//> drop x
//> drop y
//> --
//> drop b1
//> end
//> drop a
//> drop b0
//> drop new b1
//> drop x
//> drop y
//> --
//> drop b1
//> drop x
//> drop y
//> end
//> drop a
//> drop b0
//> drop new b1
//> drop new x
//> --
//> a ok0
//> drop ok0
//> end
//> drop ok1
//> y ey
//> drop ey
//> end
//> drop ex
//> x fx
//> end
//> drop fx
//> drop a
//> drop b0
//> drop x
//> drop y
//> b1
//> drop b1
//> body
//> drop od
//> drop oy
//> drop ox
//> drop o0
//> drop o1
//> round
//> a a
//> round
//> drop a
//> drop b0
//> drop b1
//> drop x
//> drop y
//> 2
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct P { a: D, b: (D, D), c: Q }
struct Q { x: D, y: Option<D> }
fn p() -> P { P { a: D("a"), b: (D("b0"), D("b1")), c: Q { x: D("x"), y: Some(D("y")) } } }
fn some_paths(n: i64) {
    let v = p();
    if n == 1 { let _m = v.b.0; say("moved b0"); }
    else if n == 2 { let P { a, c: Q { x, .. }, .. } = v; show2("moved", a.0, x.0); }
    else if n == 3 { drop(v.c); say("dropped c"); }
    else if n == 4 { drop(v); say("dropped all"); }
    say("end");
}
fn refill(n: i64) {
    let mut v = p();
    drop(v.b.1);
    if n > 0 { v.b.1 = D("new b1"); }
    if n > 1 { drop(v.c); v.c = Q { x: D("new x"), y: None }; }
    say("end");
}
fn enum_parts(e: Result<(D, D), Q>) {
    match e {
        Ok((a, _)) => show1("a", a.0),
        Err(Q { y: Some(y), .. }) => show1("y", y.0),
        Err(Q { ref x, .. }) => show1("x", x.0),
    }
    say("end");
}
fn tail_of(v: P) -> D { v.b.1 }
fn only_one((a, _): (D, D), Q { x: _, y }: Q, _: D) {
    say("body");
    let _ = (&a, &y);
}
fn loops() {
    let mut v = Some(p());
    for i in 0..3 {
        let Some(w) = v.take() else { num(i); continue };
        let a = w.a;
        if i == 0 { v = Some(P { a, b: w.b, c: w.c }); } else { show1("a", a.0); }
        say("round");
    }
}
fn run() {
    for n in 0..5 { some_paths(n); say("--"); }
    for n in 0..3 { refill(n); say("--"); }
    enum_parts(Ok((D("ok0"), D("ok1"))));
    enum_parts(Err(Q { x: D("ex"), y: Some(D("ey")) }));
    enum_parts(Err(Q { x: D("fx"), y: None }));
    say(tail_of(p()).0);
    only_one((D("o0"), D("o1")), Q { x: D("ox"), y: Some(D("oy")) }, D("od"));
    loops();
}
