//@ run-pass
//@ opt-levels: 0
// What a closure captures decides when things die: fields, dereferences, copies, patterns, `_`, and captures of captures.
//> 1
//> drop a
//> 4
//> -- 2
//> 2
//> drop a
//> drop b
//> drop c
//> -- 3
//> 3
//> took b
//> drop b
//> -- 4
//> 4
//> some
//> c c
//> drop c
//> -- 5
//> new l0
//> new l1
//> in
//> loud l0
//> drop l0
//> drop l1
//> -- 6
//> new t0
//> new t1
//> new t2
//> new t1b
//> drop t1
//> ask t2
//> g
//> drop t0
//> f
//> -- 7
//> new r0
//> new r1
//> new r0b
//> drop r0
//> new x
//> new y
//> drop x
//> y
//> new e0
//> new e1
//> ask e0
//> drop e0
//> drop e1
//> end
//> drop y
//> drop r0b
//> drop r1
//> drop t1b
//> drop t2
//> drop a
//> drop b
//> drop a
//> drop c
//> drop b
//> drop c
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct S { a: D, b: (D, i64), c: Option<D> }
struct Loud(D, D);
impl Drop for Loud { fn drop(&mut self) { show1("loud", self.0.0) } }
fn s(n: &'static str) -> S { say(n); S { a: D("a"), b: (D("b"), 4), c: Some(D("c")) } }
fn run() {
    let v = s("1");
    let f = move || v.b.1;
    drop(v.a);
    num(f());
    drop(f);
    say("-- 2");
    let v = s("2");
    let f = move || { let S { a, .. } = &v; a.is(true) };
    drop(f);
    say("-- 3");
    let v = s("3");
    let f = || { let S { a: _, b, c: _ } = v; show1("took", b.0.0) };
    f();
    say("-- 4");
    let v = s("4");
    { let f = || match v.c { Some(_) => say("some"), None => say("none") }; f(); }
    let f = || if let Some(d) = v.c { show1("c", d.0) };
    f();
    say("-- 5");
    let l = Loud(mk("l0"), mk("l1"));
    { let f = move || { let _ = &l.1; say("in") }; f(); }
    say("-- 6");
    let mut t = ((mk("t0"), mk("t1")), mk("t2"));
    { let mut f = || { t.0.1 = mk("t1b"); let r = &t.1; r.is(true); }; f(); }
    let f = move || { let g = move || { let _k = t.0.0; say("g") }; g(); say("f") };
    f();
    say("-- 7");
    let r = &mut (mk("r0"), mk("r1"));
    { let mut f = move || r.0 = mk("r0b"); f(); }
    let x = mk("x");
    let y = mk("y");
    let f = move |late: bool| if late { drop(x); None } else { Some(y) };
    let z = f(false);
    say(z.as_ref().map_or("?", |d| d.0));
    let arr = [mk("e0"), mk("e1")];
    let f = move || { let _ = arr[0].is(true); };
    f();
    drop(f);
    say("end");
}
