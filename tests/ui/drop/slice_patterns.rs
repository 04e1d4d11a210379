//@ run-pass
// Moves out of arrays through slice patterns, from the front and the back, on some paths only.
//> x 0
//> drop 0
//> end
//> drop 3
//> drop 2
//> drop 1
//> --
//> y 3
//> drop 3
//> end
//> drop 2
//> drop 1
//> drop 0
//> --
//> m 1 2
//> drop 1
//> drop 2
//> end
//> drop 3
//> drop 0
//> --
//> xy 1 3
//> drop 3
//> drop 1
//> end
//> drop 2
//> drop 0
//> --
//> drop 2
//> drop 0
//> drop 3
//> drop 1
//> end
//> --
//> rs 0 2
//> drop 2
//> end
//> drop 3
//> drop 1
//> drop 0
//> --
//> end
//> drop 3
//> drop 2
//> drop 1
//> drop 0
//> --
//> 3
//> other
//> 0
//> other
//> empty
//> diag t00 t11
//> drop t11
//> drop t00
//> drop t10
//> drop t01
//> twice 0 1
//> drop 0
//> rest 3
//> drop 2
//> drop 3
//> drop 1
//> taken
//> drop m1
//> first m2
//> drop m2
//> end
//> drop m0
//> drop 0
//> drop 1
//> drop 2
//> drop 3
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn arr() -> [D; 4] { [D("0"), D("1"), D("2"), D("3")] }
fn paths(n: i64) {
    let a = arr();
    if n == 0 { let [x, ..] = a; show1("x", x.0); }
    else if n == 1 { let [.., y] = a; show1("y", y.0); }
    else if n == 2 { let [_, m @ .., _] = a; show2("m", m[0].0, m[1].0); }
    else if n == 3 { let [_, x, .., y] = a; show2("xy", x.0, y.0); }
    else if n == 4 { let [a0, a1, a2, a3] = a; let _keep = (a3, a1); drop(a2); drop(a0); }
    else if n == 5 { let [ref r, _, s, _] = a; show2("rs", r.0, s.0); }
    say("end");
}
fn slices(s: &[D]) -> &'static str {
    match s {
        [] => "empty",
        [x] => x.0,
        [D("0"), .., D(l)] => l,
        [_, mid @ .., _] if mid.len() > 1 => "long",
        [..] => "other",
    }
}
fn tuples(v: [(D, D); 2]) {
    let [(a, _), (_, b)] = v;
    show2("diag", a.0, b.0);
}
fn twice() {
    let a = arr();
    let [x, _, _, _] = a;
    let [_, y, rest @ ..] = a;
    show2("twice", x.0, y.0);
    drop(x);
    show1("rest", rest[1].0);
}
fn by_box(mut v: [Option<D>; 3]) {
    let [a, b, c] = &mut v;
    core::mem::swap(a, c);
    let t = b.take();
    say("taken");
    drop(t);
    if let [Some(f), None, ..] = v { show1("first", f.0); }
    say("end");
}
fn run() {
    for n in 0..7 { paths(n); say("--"); }
    let a = arr();
    say(slices(&a)); say(slices(&a[1..])); say(slices(&a[..1])); say(slices(&a[1..3])); say(slices(&[]));
    tuples([(D("t00"), D("t01")), (D("t10"), D("t11"))]);
    twice();
    by_box([Some(D("m0")), Some(D("m1")), Some(D("m2"))]);
}
