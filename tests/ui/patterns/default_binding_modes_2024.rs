//@ run-pass
//@ edition: 2024
//@ opt-levels: 0
// Edition 2024: patterns through references without explicit modifiers, and `&` patterns where the default mode is still by move.
//> new a
//> new b
//> a 1
//> b 2
//> a 1
//> b 2
//> 3
//> 1
//> new t2
//> drop t
//> t2
//> drop t2
//> t2
//> 3
//> new c
//> c 5
//> drop c
//> new k
//> 7
//> end
//> drop k
//> drop a
//> drop b
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct S { d: D, n: i64 }
fn run() {
    let s = [S { d: mk("a"), n: 1 }, S { d: mk("b"), n: 2 }];
    for S { d, n } in &s { show(d.0, *n) }
    for &S { ref d, n } in &s { show(d.0, n) }
    let [S { n: x, .. }, y] = &s;
    num(*x + y.n);
    let &[ref f, _] = &s;
    num(f.n);
    let mut t = (1i64, Some(D("t")));
    if let (n, Some(d)) = &mut t { *n += 1; *d = mk("t2") }
    match &t { &(2, Some(ref d)) => say(d.0), _ => say("no") }
    match t { (ref mut n, o) => { *n += 1; say(o.map_or("?", |d| d.0)); num(*n) } }
    let c = |&(a, ref b): &(i64, D)| { show(b.0, a) };
    c(&(5, mk("c")));
    let Some((k, _)) = &Some((7i64, mk("k"))) else { return };
    num(*k);
    say("end");
}
