//@ run-pass
// Matches over nested enums, booleans and integers whose arms overlap in many ways give the first that fits.
//> row 361676
//> row 9811
//> row 27557
//> row 693475
//> row 83421
//> row 400184
//> row 247010
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

#[derive(Clone, Copy)]
enum A { X(B), Y { l: B, r: B }, Z }
#[derive(Clone, Copy)]
enum B { P(bool, u8), Q(Option<i8>), R }
fn score(a: A, b: B) -> i64 {
    match (a, b) {
        (A::X(B::P(true, 0..=9)), B::R) => 1,
        (A::X(B::P(_, n)), B::P(true, m)) if n == m => 2,
        (A::Y { l: B::Q(Some(-128..=-1)), .. } | A::Y { r: B::Q(None), .. }, _) => 3,
        (A::X(B::P(false, 5) | B::Q(Some(5))), B::Q(Some(5) | None) | B::P(..)) => 4,
        (A::Z, B::P(f, 0 | 255)) => 5 + f as i64,
        (A::X(_) | A::Z, B::Q(Some(n @ 1..))) => n as i64,
        (A::Y { l, r: B::R }, B::R) => match l { B::P(..) => 7, B::Q(_) => 8, B::R => 9 },
        (A::Y { l: B::R, r: B::P(t, _) }, B::P(u, _)) if t != u => 10,
        (_, B::Q(None)) => 11,
        (A::X(B::R), _) => 12,
        (A::X(..), _) => 13,
        (A::Y { .. }, B::P(false, _)) => 14,
        (A::Y { .. }, _) => 15,
        (A::Z, _) => 16,
    }
}
fn run() {
    let bs = [B::P(true, 0), B::P(false, 5), B::P(true, 255), B::Q(Some(-3)), B::Q(Some(5)), B::Q(None), B::R];
    let mut hash = 7i64;
    for &b in &bs {
        for &c in &bs {
            let x = score(A::X(b), c);
            hash = (hash * 31 + x) % 1_000_003;
            for d in [B::R, B::Q(None), B::P(true, 9)] { let y = score(A::Y { l: b, r: d }, c); hash = (hash * 31 + y) % 1_000_003; }
        }
        let z = score(A::Z, b);
        hash = (hash * 31 + z) % 1_000_003;
        show("row", hash);
    }
}
