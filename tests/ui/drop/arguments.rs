//@ run-pass
//@ opt-levels: 0
// Arguments are evaluated left to right, moved into the callee, and die there last to first after its locals.
//> new a
//> drop x
//> drop a
//> 10
//> --
//> new a
//> new c
//> new d
//> drop d
//> drop c
//> drop x
//> drop a
//> 11
//> --
//> new a
//> new c
//> new d
//> new e
//> in f a d
//> new c2
//> drop c
//> drop local
//> drop d
//> drop e
//> drop c2
//> drop x
//> drop a
//> new t
//> drop t
//> 12
//> --
//> new a
//> new c
//> new d
//> new e
//> in f a d
//> new c2
//> drop c
//> drop local
//> drop d
//> drop e
//> drop c2
//> drop x
//> drop a
//> new t
//> never t
//> drop t
//> 1
//> --
//> new m
//> new r1
//> by ref m
//> drop r1
//> new r2
//> by ref m
//> drop r2
//> new v
//> by value m v
//> drop m
//> v
//> new tmp
//> new tmp2
//> drop tmp
//> new tmp3
//> drop tmp2
//> new r3
//> by ref tmp3
//> drop r3
//> drop tmp3
//> new g1
//> new g2
//> generic
//> drop g1
//> g2
//> new h1
//> new h2
//> generic
//> drop h1
//> drop h2
//> new p1
//> new p2
//> generic
//> drop p1
//> drop p2
//> ask g2
//> first
//> new q1
//> second
//> new q2
//> generic
//> drop q1
//> drop q2
//> end
//> drop g2
//> drop v
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn f(a: D, _: D, mut c: D, (d, _): (D, D)) -> i64 {
    let _l = D("local");
    show2("in f", a.0, d.0);
    c = mk("c2");
    let _ = &c;
    1
}
fn never(a: &D, n: i64) -> i64 { show1("never", a.0); n }
fn ret(n: i64) -> i64 {
    let x = D("x");
    let r = f(mk("a"), x, if n == 0 { return 10 } else { mk("c") }, (mk("d"), if n == 1 { return 11 } else { mk("e") }));
    never(&mk("t"), if n == 2 { return 12 } else { r })
}
struct M(D);
impl M {
    fn by_value(self, other: D) -> D { show2("by value", self.0.0, other.0); other }
    fn by_ref(&self, _other: D) -> &Self { show1("by ref", self.0.0); self }
    fn by_mut(&mut self, other: D) -> &mut Self { self.0 = other; self }
}
fn generic<T>(_a: T, b: T) -> T { say("generic"); b }
fn run() {
    for n in 0..4 { num(ret(n)); say("--"); }
    let m = M(mk("m"));
    m.by_ref(mk("r1")).by_ref(mk("r2"));
    let d = m.by_value(mk("v"));
    say(d.0);
    M(mk("tmp")).by_mut(mk("tmp2")).by_mut(mk("tmp3")).by_ref(mk("r3"));
    let g = generic(mk("g1"), mk("g2"));
    say(g.0);
    generic((mk("h1"), 1), (mk("h2"), 2));
    let p: fn(D, D) -> D = generic::<D>;
    p(mk("p1"), mk("p2"));
    (if g.is(true) { generic::<D> } else { p })({ say("first"); mk("q1") }, { say("second"); mk("q2") });
    say("end");
}
