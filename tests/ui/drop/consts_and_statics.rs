//@ run-pass
//@ opt-levels: 0
// Each use of a constant with drop makes a value of its own; statics and promoted values are never dropped.
//> drop k
//> drop k
//> use k
//> drop k
//> k
//> static
//> static
//> k1
//> drop k0
//> drop k1
//> assoc ref
//> drop assoc
//> use i32
//> drop i32
//> bound
//> drop i32
//> use u8
//> drop u8
//> bound
//> drop u8
//> 2
//> in slice
//> promoted
//> drop k
//> end
//> drop k0
//> drop k1
//> drop k
//> drop k
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::cell::Cell;
const K: D = D("k");
const ARR: [D; 2] = [D("k0"), D("k1")];
static S: D = D("static");
struct A;
impl A { const D: D = D("assoc"); const R: &'static D = &D("assoc ref"); }
trait Named { const N: D; fn use_it() { show1("use", Self::N.0); let _x = Self::N; say("bound"); } }
impl Named for i32 { const N: D = D("i32"); }
impl Named for u8 { const N: D = D("u8"); }
struct Sy(Cell<i64>);
unsafe impl Sync for Sy {}
static CELL: Sy = Sy(Cell::new(1));
const E: &[Option<D>] = &[None, Some(D("in slice"))];
fn run() {
    K;
    let _ = K;
    let _a = K;
    show1("use", K.0);
    let r = &K;
    say(r.0);
    say(S.0);
    let s: &'static D = &S;
    say(s.0);
    let _e = ARR;
    say(ARR[1].0);
    say(A::R.0);
    { let _b = A::D; }
    <i32 as Named>::use_it();
    <u8 as Named>::use_it();
    CELL.0.set(CELL.0.get() + 1);
    num(CELL.0.get());
    match &E[1] { Some(d) => say(d.0), None => say("none") }
    const { assert!(matches!(E[0], None)) };
    let p: &'static Option<D> = &None;
    say(if p.is_none() { "promoted" } else { "?" });
    let f = || K;
    f();
    say("end");
}
