//@ run-pass
//@ opt-levels: 0
// Arms for impossible variants may be left out; references to them may not; matches on `!` have any type.
//> 21
//> 89
//> 9
//> new alive at exit
//> ask alive at exit
//> 77
//> exit
#![no_std]
#![no_main]
#![feature(never_type)]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

enum Void {}
enum E { A(i64), B(Void), C { v: Void, n: i64 } }
fn r(x: Result<i64, Void>) -> i64 { let Ok(n) = x; n }
fn e(x: E) -> i64 { match x { E::A(n) => n, E::B(v) => match v {}, E::C { v, .. } => match v {} } }
fn short(x: Result<Result<i64, Void>, !>) -> i64 { match x { Ok(Ok(n)) => n } }
fn by_ref(x: &Option<Void>) -> i64 { match x { None => 1, Some(v) => match *v {} } }
fn nested(x: Option<(i64, Void)>) -> i64 { match x { None => 5 } }
fn arr(x: [Void; 0]) -> i64 { match x { [] => 6 } }
fn fail() -> ! { num(77); rt_exit() }
fn rt_exit() -> ! { loop { say("exit"); unsafe { _exit(0) } } }
unsafe extern "C" { fn _exit(code: i32) -> !; }
fn run() {
    num(r(Ok(2)) + e(E::A(3)) + short(Ok(Ok(4))) + by_ref(&None) + nested(None) + arr([]));
    let f = |b: bool| -> i64 { if b { 8 } else { return 9 } };
    num(f(true) * 10 + f(false));
    num(size_of::<E>() as i64 - size_of::<i64>() as i64 + size_of::<Result<u8, Void>>() as i64);
    let d = mk("alive at exit");
    let n: i64 = if d.is(true) { fail() } else { 1 };
    num(n);
}
