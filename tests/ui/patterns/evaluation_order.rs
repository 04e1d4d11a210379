//@ run-pass
//@ opt-levels: 0
// Arms are tried top to bottom; a guard runs only when its pattern matches, and at most once for each alternative.
//> guard 5
//> 7
//> guard 2
//> 2
//> guard 5
//> guard 8
//> 9
//> guard 1
//> guard 3
//> 3
//> guard 1
//> guard 2
//> guard 4
//> guard 8
//> 8
//> guard 1
//> guard 4
//> 6
//> guard 3
//> 3
//> guard 2
//> guard 4
//> guard 8
//> 8
//> guard 4
//> 6
//> guard 8
//> 9
//> guard 2
//> guard 4
//> 4
//> guard 4
//> 4
//> guard low
//> guard all
//> 3
//> guard low
//> guard all
//> 6
//> guard low
//> 1
//> guard low
//> guard mid
//> guard all
//> 5
//> guard low
//> guard mid
//> 2
//> guard all
//> 5
//> guard z
//> guard e
//> 3
//> 14
//> 45
//> guard e
//> 50
//> 20
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn g(name: &'static str, r: bool) -> bool { show1("guard", name); r }
fn m(a: Option<i64>, b: Option<bool>) -> i64 {
    match (a, b) {
        (Some(1), _) if g("1", false) => 1,
        (_, Some(true)) if g("2", a.is_none()) => 2,
        (Some(1 | 2), None) if g("3", true) => 3,
        (Some(n), Some(_)) if g("4", n > 5) => 4,
        (None, _) if g("5", false) => 5,
        (Some(_), Some(false)) => 6,
        (None, None) => 7,
        (x, y) if g("8", x.is_some() && y.is_some()) => 8,
        _ => 9,
    }
}
fn ranges(n: u8) -> i64 { match n { 0..=9 if g("low", n == 5) => 1, 5..=20 if g("mid", n > 6) => 2, 0..=255 if g("all", n == 0) => 3, 5 => 4, 6.. => 5, _ => 6 } }
fn nested(v: &[Option<Result<i64, i64>>]) -> i64 {
    match v {
        [Some(Ok(0)), ..] if g("z", false) => 0,
        [.., Some(Err(n))] if g("e", *n > 0) => *n,
        [Some(Ok(n)), None | Some(Err(_))] => 10 + n,
        [] | [None] => 20,
        [_, rest @ ..] => 30 + nested(rest),
    }
}
fn run() {
    for a in [None, Some(1), Some(2), Some(9)] { for b in [None, Some(true), Some(false)] { num(m(a, b)) } }
    for n in [0, 3, 5, 6, 7, 30] { num(ranges(n)) }
    num(nested(&[Some(Ok(0)), Some(Err(3))]));
    num(nested(&[Some(Ok(4)), None]));
    num(nested(&[Some(Ok(4)), Some(Ok(5)), None]));
    num(nested(&[Some(Err(-1))]));
    num(nested(&[]));
}
