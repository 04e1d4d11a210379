//@ run-pass
//@ opt-levels: 0
// Constants, ranges with constants, associated constants, strings and byte strings as patterns; order decides.
//> 1
//> 2
//> 3
//> 4
//> 5
//> 6
//> 1
//> 2
//> 3
//> 4
//> 5
//> 6
//> 0
//> 1
//> 2
//> 3
//> 4
//> 0
//> 1
//> 2
//> 3
//> 4
//> 1
//> 2
//> 3
//> 4
//> 1
//> 2
//> 3
//> 4
//> 5
//> 6
//> arr
//> is 2
//> late
//> 2
//> miss
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

#[derive(PartialEq, Eq)]
struct P { x: i64, k: Kind }
#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind { A, B(u8), C { s: &'static str } }
const ORIGIN: P = P { x: 0, k: Kind::A };
const NAMED: Kind = Kind::C { s: "name" };
const LO: i64 = -3;
const HI: i64 = LO + 6;
const SOME: Option<Option<i64>> = Some(Some(4));
const ARR: [i64; 2] = [1, 2];
const SL: &[i64] = &[3, 4, 5];
const BYTES: &[u8] = b"ab";
const F: f64 = 1.5;
trait T { const N: i64; fn is(n: i64) -> bool; }
struct X;
impl X { const K: i64 = 77; }
impl T for X { const N: i64 = 5; fn is(n: i64) -> bool { matches!(n, Self::K) } }
fn p(v: P) -> i64 { match v { ORIGIN => 1, P { x: LO..=HI, k: Kind::B(1 | 2) } => 2, P { k: NAMED, .. } => 3, P { x: HI.., .. } => 4, P { x: ..LO, k: Kind::C { s: "low" } } => 5, _ => 6 } }
fn o(v: Option<Option<i64>>) -> i64 { match v { SOME => 1, Some(None) => 2, Some(Some(X::K)) => 3, Some(Some(i64::MAX)) => 4, Some(_) => 5, None => 6 } }
fn s(v: &str) -> i64 { match v { "" => 0, "name" => 1, "a\nb" => 2, _ if v.len() > 4 => 3, _ => 4 } }
fn b(v: &[u8]) -> i64 { match v { b"" => 0, BYTES => 1, b"abc" => 2, [b'x'..=b'z', ..] => 3, _ => 4 } }
fn sl(v: &[i64]) -> i64 { match v { SL => 1, [1, 2] => 2, [3, ..] => 3, _ => 4 } }
fn fl(v: f64) -> i64 { match v { F => 1, 0.0 => 2, 2.0..=3.0 => 3, f64::INFINITY => 4, -1.0 => 5, _ => 6 } }
fn run() {
    for v in [P { x: 0, k: Kind::A }, P { x: 3, k: Kind::B(2) }, P { x: 1, k: Kind::C { s: "name" } }, P { x: 9, k: Kind::A }, P { x: -9, k: Kind::C { s: "low" } }, P { x: 1, k: Kind::B(3) }] { num(p(v)) }
    for v in [Some(Some(4)), Some(None), Some(Some(77)), Some(Some(i64::MAX)), Some(Some(0)), None] { num(o(v)) }
    for v in ["", "name", "a\nb", "longer", "x"] { num(s(v)) }
    for v in [&b""[..], b"ab", b"abc", b"yq", b"q"] { num(b(v)) }
    for v in [&[3, 4, 5][..], &[1, 2], &[3], &[]] { num(sl(v)) }
    for v in [1.5, -0.0, 2.5, f64::INFINITY, -1.0, f64::NAN] { num(fl(v)) }
    match [1i64, 2] { ARR => say("arr"), _ => say("no") }
    show("is", X::is(77) as i64 + matches!(5, <X as T>::N) as i64);
    match 'x' { 'a'..='w' => say("early"), 'x' | 'y' => say("late"), _ => say("z") }
    match (true, 255u8, i8::MIN) { (true, 0..=254, _) => say("1"), (true, u8::MAX, i8::MIN..=-128) => say("2"), _ => say("3") }
    match 1u128 << 100 { 0 => say("0"), 0x1000_0000_0000_0000_0000_0000_0000 => say("hit"), _ => say("miss") }
}
