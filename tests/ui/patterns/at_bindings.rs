//@ run-pass
//@ opt-levels: 0
// `x @ pattern`: whole and parts, copies and references, in tuples, slices and ranges.
//> 1212
//> 3
//> very low
//> low
//> zero
//> digit
//> five
//> digit
//> big
//> 124
//> 3334
//> whole
//> drop d
//> dropped
//> x x
//> 3
//> drop x
//> 6
//> 13
//> 32
//> 69
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

#[derive(Clone, Copy)]
struct C { a: i64, b: i64 }
fn classify(n: i64) -> &'static str { match n { x @ ..=-1 if x < -5 => "very low", _x @ ..=-1 => "low", 0 => "zero", y @ (1 | 3 | 5) if y > 3 => "five", 1..=9 => "digit", _z => "big" } }
fn run() {
    let w @ C { a, b } = C { a: 1, b: 2 };
    num(w.a * 1000 + w.b * 100 + a * 10 + b);
    let ref r @ C { a: ref ra, .. } = w;
    num(r.b + *ra);
    for n in [-9, -1, 0, 1, 5, 7, 10] { say(classify(n)) }
    let arr = [1i64, 2, 3, 4];
    if let [first, mid @ .., last] = &arr { num(*first * 100 + mid.len() as i64 * 10 + *last) }
    if let whole @ [_, pair @ [p, q], _] = &[arr[0..1].len() as i64; 1].map(|_| 0).map(|_| [0, 0]).map(|_| 0).len().checked_sub(1).map(|_| [[1i64, 2], [3, 4], [5, 6]]).unwrap() { num(whole.len() as i64 * 1000 + pair[0] * 100 + *p * 10 + *q) }
    match Some(D("d")) { s @ Some(_) => { say("whole"); drop(s); say("dropped") } None => say("none") }
    match (D("x"), 3) { (ref d @ D(name), n @ 1..=5) => { show1(name, d.0); num(n) } _ => say("no") }
    let mut t = (1i64, (2i64, 3i64));
    let (ref mut x, ref inner @ (_, y)) = t;
    *x += inner.0 + y;
    num(t.0);
    let mut m @ (n, _) = (4i64, 5i64);
    m.0 += n;
    num(m.0 + m.1);
    match b"abc" { all @ [b'a', tail @ ..] => num(all.len() as i64 * 10 + tail.len() as i64), _ => say("no") }
    let c @ ('a'..='f' | 'A'..='F') = 'E' else { return };
    num(c as i64);
}
