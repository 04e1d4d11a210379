//@ run-pass
//@ opt-levels: 0
// Guards look at bindings by reference; the move comes after the guard holds, once per arm, also with or-patterns and `@`.
//> guard ab 1
//> arm ab 1
//> drop 1
//> --
//> guard ab 2
//> arm a-1
//> --
//> drop 2
//> guard ab 3
//> guard x
//> arm x
//> x moved
//> drop 3
//> --
//> guard ab 4
//> arm ab 4
//> drop 4
//> --
//> guard ab 5
//> arm b ref 5
//> --
//> drop 5
//> ask 6
//> arm c 6
//> drop 6
//> --
//> ask 7
//> guard x
//> arm x
//> x moved
//> drop 7
//> --
//> guard x
//> arm x
//> x moved
//> drop 8
//> --
//> n
//> --
//> ask m1
//> 4
//> after
//> still m1
//> drop m1
//> --
//> ask m2
//> new new
//> drop m2
//> assigned
//> after
//> still new
//> drop new
//> --
//> ask m3
//> -1
//> after
//> still m3
//> drop m3
//> --
//> none
//> after
//> --
//> 3000
//> 2070
//> 2003
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

enum E { A(D, i64), B(i64, D), C { d: D, n: i64 }, N }
fn pick(e: E) {
    match e {
        E::A(d, n) | E::B(n, d) if { show1("guard ab", d.0); n > 0 } => show1("arm ab", d.0),
        E::C { d, n: n @ 1..=5 } if d.is(n == 3) => show1("arm c", d.0),
        E::A(_, -1) => say("arm a-1"),
        x @ (E::A(..) | E::C { .. }) if { say("guard x"); true } => { say("arm x"); let _y = x; say("x moved") }
        E::B(_, ref d) => show1("arm b ref", d.0),
        E::N => say("n"),
        _ => say("rest"),
    }
    say("--");
}
fn with_mut(mut v: Option<(D, i64)>) {
    match v {
        Some((ref d, ref mut n)) if d.is(*n > 2) => { *n += 1; num(*n) }
        Some((ref mut d, 0)) => { *d = mk("new"); say("assigned") }
        Some((_, n)) => num(-n),
        None => say("none"),
    }
    say("after");
    if let Some((d, _)) = v { show1("still", d.0); }
    say("--");
}
fn copy_in_guard(x: i64) -> i64 {
    let mut count = 0;
    let r = match x {
        n if { count += 1; n > 10 } => n * 100,
        n if { count += 1; n > 5 } => n * 10,
        mut n => { n += count; n }
    };
    r + count * 1000
}
fn run() {
    pick(E::A(D("1"), 1));
    pick(E::A(D("2"), -1));
    pick(E::A(D("3"), -2));
    pick(E::B(5, D("4")));
    pick(E::B(-5, D("5")));
    pick(E::C { d: D("6"), n: 3 });
    pick(E::C { d: D("7"), n: 4 });
    pick(E::C { d: D("8"), n: 9 });
    pick(E::N);
    with_mut(Some((D("m1"), 3)));
    with_mut(Some((D("m2"), 0)));
    with_mut(Some((D("m3"), 1)));
    with_mut(None);
    num(copy_in_guard(20));
    num(copy_in_guard(7));
    num(copy_in_guard(1));
}
