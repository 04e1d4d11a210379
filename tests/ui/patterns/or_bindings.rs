//@ run-pass
//@ opt-levels: 0
// Or-patterns that bind in several alternatives, nested, by move and by reference, with the first matching alternative winning.
//> first a1
//> drop a1
//> 1
//> drop a3
//> 300
//> first b6
//> drop b6
//> 6
//> drop b4
//> 400
//> one of two c0
//> drop c0
//> 10
//> one of two c1
//> drop c1
//> 10
//> both d0 d1
//> drop d1
//> drop d0
//> 11
//> 12
//> 9
//> 8
//> -2
//> -2
//> 0
//> 7
//> 8
//> 3
//> 25
//> 46
//> 9
//> -1
//> -1
//> 1
//> 2
//> -1
//> 7
//> try 9
//> 9
//> try 1
//> try 9
//> 9
//> try 1
//> try 1
//> 0
//> 5
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

enum E { A(D, i64), B { n: i64, d: D }, C([Option<D>; 2]), T((i64, i64)) }
fn moves(e: E) -> i64 {
    match e {
        E::A(d, n @ (1 | 2)) | E::B { n: n @ 5.., d } => { show1("first", d.0); n }
        E::C([Some(d), None] | [None, Some(d)]) => { show1("one of two", d.0); 10 }
        E::C([Some(ref d), Some(ref e)]) => { show2("both", d.0, e.0); 11 }
        E::T((x, 0) | (0, x)) if x > 3 => x,
        E::T((1, y) | (y, 1)) => -y,
        E::A(_, n) | E::B { n, .. } | E::T((n, _)) => n * 100,
        E::C(_) => 12,
    }
}
fn slices(s: &[i64]) -> i64 {
    match *s { [x, 1] | [1, x] | [x] => x, [a, .., b] | [a, b] if a < b => a * 10 + b, [first, ref rest @ ..] if rest.len() == 3 => first, _ => -1 }
}
fn refs(o: &Result<Option<i64>, Option<i64>>) -> i64 { match o { Ok(Some(n)) | Err(Some(n)) => *n, Ok(None) | Err(None) => -1 } }
fn param((Ok(n) | Err(n)): Result<i64, i64>) -> i64 { n }
fn guard_both((a, b): (i64, i64)) -> i64 { match (a, b) { (x, _) | (_, x) if { show("try", x); x > 5 } => x, _ => 0 } }
fn run() {
    num(moves(E::A(D("a1"), 1)));
    num(moves(E::A(D("a3"), 3)));
    num(moves(E::B { n: 6, d: D("b6") }));
    num(moves(E::B { n: 4, d: D("b4") }));
    num(moves(E::C([Some(D("c0")), None])));
    num(moves(E::C([None, Some(D("c1"))])));
    num(moves(E::C([Some(D("d0")), Some(D("d1"))])));
    num(moves(E::C([None, None])));
    num(moves(E::T((9, 0))));
    num(moves(E::T((0, 8))));
    num(moves(E::T((1, 2))));
    num(moves(E::T((2, 1))));
    num(moves(E::T((0, 0))));
    for s in [&[7, 1][..], &[1, 8], &[3], &[2, 0, 5], &[4, 6], &[9, 0, 0, 1], &[6, 4], &[]] { num(slices(s)); }
    num(refs(&Ok(Some(1)))); num(refs(&Err(Some(2)))); num(refs(&Err(None)));
    num(param(Ok(3)) + param(Err(4)));
    num(guard_both((9, 1))); num(guard_both((1, 9))); num(guard_both((1, 1)));
    let ((1 | 2, z) | (z, 1 | 2)) = (5, 2) else { return };
    num(z);
}
