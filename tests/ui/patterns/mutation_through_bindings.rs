//@ run-pass
//@ opt-levels: 0
// `ref mut`, `mut` copies and default modes change the place or a copy; disjoint fields at once; loops over patterns.
//> 101
//> 203
//> 306
//> 11
//> 1
//> -1
//> 8
//> 223
//> 18
//> 5061
//> 2
//> 1
//> new p0
//> new p1
//> drop p0
//> 6
//> 5
//> 2
//> 34
//> 4
//> drop p1
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct Q { items: [Option<i64>; 4], head: (i64, i64) }
fn bump(q: &mut Q) -> i64 {
    let Q { items: [a, .., d], head: (h, t) } = q;
    *h += 1;
    *t += *h;
    if let (Some(x), slot @ None) = (a, d) { *x += 10; *slot = Some(*x); }
    *h * 100 + *t
}
fn sum(mut v: (i64, i64)) -> i64 { let (ref mut a, mut b) = v; *a += 1; b += 1; b + v.0 * 10 + v.1 * 100 }
fn rec(s: &mut [i64]) -> i64 { match s { [] => 0, [x] => { *x *= 2; *x } [first, mid @ .., last] => { core::mem::swap(first, last); *first + *last + rec(mid) } } }
fn run() {
    let mut q = Q { items: [Some(1), None, Some(3), None], head: (0, 0) };
    for _ in 0..3 { num(bump(&mut q)) }
    for (i, slot) in q.items.iter_mut().enumerate() { match slot { Some(n) if *n > 10 => *n -= i as i64, s @ Some(_) => *s = None, s => *s = Some(i as i64) } }
    for n in q.items { num(n.unwrap_or(-1)) }
    num(sum((1, 2)));
    let mut a = [1, 2, 3, 4, 5];
    num(rec(&mut a));
    let [x, .., y] = a;
    num(x * 1000 + a[2] * 10 + y);
    let mut o = Some(3i64);
    while let Some(ref mut n) = o { *n -= 1; num(*n); if *n == 1 { o = None } }
    let mut p = (mk("p0"), 5i64);
    match p { (ref mut d, mut n) if { n > 4 } => { n += 1; *d = mk("p1"); num(n) } _ => say("no") }
    num(p.1);
    let r = &mut p;
    let (d, n) = r;
    *n = d.0.len() as i64;
    num(r.1);
    let mut m = [[0i64; 2]; 2];
    let [[a, _], [_, d]] = &mut m;
    (*a, *d) = (3, 4);
    num(m[0][0] * 10 + m[1][1]);
    if let Some(n @ 3..) | Some(n @ ..=0) = Some(m[1][1]) { num(n) }
}
