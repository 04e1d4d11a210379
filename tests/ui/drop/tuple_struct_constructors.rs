//@ run-pass
//@ opt-levels: 0
// Constructors as functions, struct literals out of order, unit and nested literals: operands in written order, drops in declared order.
//> new t0
//> new t1
//> new t2
//> new second
//> new first
//> second
//> drop first
//> drop second
//> drop t0
//> drop t1
//> drop t2
//> new y
//> new x
//> new v
//> new count
//> drop count
//> w x y
//> v 2
//> drop x
//> drop y
//> drop v
//> new f0
//> new f1
//> new f2
//> f0
//> new g1
//> new g2
//> new g0
//> drop g1
//> cz g2 g0
//> new mapped
//> mapped 3
//> drop mapped
//> new h
//> h
//> new n1
//> new in
//> new n2
//> drop in
//> drop n1
//> drop n2
//> drop q0
//> drop q2
//> q1
//> end
//> drop q1
//> drop h
//> drop g0
//> drop g2
//> drop f0
//> drop f1
//> drop f2
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct T(D, D, D);
struct S { first: D, second: D, third: T }
enum E { V(D, i64), W { x: D, y: D } }
fn run() {
    let s = S { third: T(mk("t0"), mk("t1"), mk("t2")), second: mk("second"), first: mk("first") };
    say(s.second.0);
    drop(s);
    let e = [E::W { y: mk("y"), x: mk("x") }, E::V(mk("v"), { mk("count"); 2 })];
    for x in &e { match x { E::V(d, n) => show(d.0, *n), E::W { x, y } => show2("w", x.0, y.0) } }
    drop(e);
    let f = T;
    let t = f(mk("f0"), mk("f1"), mk("f2"));
    let T(a, ..) = t;
    say(a.0);
    let T { 2: c, 0: z, .. } = T { 1: mk("g1"), 2: mk("g2"), 0: mk("g0") };
    show2("cz", c.0, z.0);
    let o = Some(E::V).map(|f| f(mk("mapped"), 3));
    match o { Some(E::V(d, n)) => show(d.0, n), _ => say("no") }
    let g: fn(D, i64) -> E = E::V;
    let E::V(d, _) = g(mk("h"), 1) else { return };
    say(d.0);
    let n = S { first: mk("n1"), second: { let _in = mk("in"); mk("n2") }, third: T(D("q0"), D("q1"), D("q2")) }.third.1;
    say(n.0);
    say("end");
}
