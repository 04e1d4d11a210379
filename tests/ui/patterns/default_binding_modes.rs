//@ run-pass
//@ opt-levels: 0
// Matching references with plain patterns: the mode is carried inwards, mixed with `&`, `ref` and `mut`.
//> new d
//> new e
//> d d
//> ask e
//> 6
//> new new d
//> drop d
//> new new e
//> drop e
//> d new d
//> ask new e
//> 8
//> 9
//> -1
//> -2
//> 10
//> 21
//> l0 1
//> l1 2
//> drop l0
//> drop l1
//> 12
//> 3
//> 3
//> 5
//> 7
//> zero new d new e
//> new t
//> new t2
//> drop t
//> 2
//> drop t2
//> drop new d
//> drop new e
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct S { d: D, o: Option<(i64, D)>, p: (i64, i64) }
fn reads(s: &S) -> i64 {
    let S { d, o, p: (a, b) } = s;
    show1("d", d.0);
    match o { Some((n, e)) if e.is(true) => *n + *a, Some(_) => 0, None => *b }
}
fn writes(s: &mut S) {
    let S { d, o, p } = s;
    *d = mk("new d");
    if let Some((n, e)) = o { *n += 1; *e = mk("new e"); }
    let (a, b) = p;
    core::mem::swap(a, b);
}
fn deep(v: &Option<&Option<&mut i64>>) -> i64 { match v { Some(Some(n)) => **n, Some(None) => -1, None => -2 } }
fn run() {
    let mut s = S { d: mk("d"), o: Some((5, mk("e"))), p: (1, 2) };
    num(reads(&s));
    writes(&mut s);
    num(reads(&s));
    let mut k = 9;
    num(deep(&Some(&Some(&mut k))));
    num(deep(&Some(&None)));
    num(deep(&None));
    for (i, &n) in [10i64, 20].iter().enumerate() { num(i as i64 + n) }
    for &(a, ref d) in &[(1i64, D("l0")), (2, D("l1"))] { show(d.0, a) }
    let pairs = [(1i64, Some(2i64)), (3, None)];
    for (a, b) in &pairs { if let &Some(b) = b { num(a * 10 + b) } else { num(*a) } }
    let &(x, ref y) = &(1i64, 2i64);
    num(x + *y);
    let f = |&(a, b): &(i64, i64)| a - b;
    num(f(&(9, 4)));
    let (ref mut m, n) = (3i64, 4i64);
    *m += n;
    num(*m);
    match &mut s.o { Some((n, _)) => *n = 0, None => {} }
    match s { S { ref d, o: Some((0, ref e)), .. } => show2("zero", d.0, e.0), _ => say("no") }
    let mut t = (mk("t"), 1);
    let (td, mut tn) = (&mut t.0, t.1);
    tn += 1;
    *td = mk("t2");
    num(tn);
}
