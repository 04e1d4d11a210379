//@ run-fail
//@ exit-code: 101
//@ opt-levels: 0
// A panic in the middle of an expression: what stands to the left has happened, nothing to the right.
//> new ix
//> new a
//> n 1
//> add a
//> of 1
//> n 0
//> index 0
//> add a
//> of 5
//> a a
//> n 10
//> n 20
//> n 30
//> n 3
//> 27
//> n 7
//> n 1
//> n 1
//> n 2
//> n 1
//> n 2
//> 11
//> new t0
//> n 4
//> n 5
//> index 1
//> 29
//> new t1
//> n 2
//> index 2
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::ops::{Add, Index};
impl Add<i64> for D { type Output = D; fn add(self, n: i64) -> D { show1("add", self.0); show("of", n); self } }
struct Ix(D);
impl Index<usize> for Ix { type Output = i64; fn index(&self, i: usize) -> &i64 { show("index", i as i64); if i > 1 { panic!() } &5 } }
fn n(v: i64) -> i64 { show("n", v); v }
fn run() {
    let x = Ix(mk("ix"));
    let a = mk("a") + n(1) + x[n(0) as usize];
    show1("a", a.0);
    let arr = [n(10), n(20), n(30)];
    let i = [0usize, 2, 3];
    num(arr[i[1]] - n(3));
    let z = n(7) / n(1) + [n(1), n(2)][n(1) as usize] * n(2);
    num(z);
    let mut t = (mk("t0"), n(4));
    t.1 += n(5) * x[1];
    num(t.1);
    t = (mk("t1"), x[n(2) as usize]);
    say(t.0.0);
}
