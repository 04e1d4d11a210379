//@ run-pass
//@ edition: 2024
//@ opt-levels: 0
// Conditions with `let` in a chain: temporaries and bindings die in reverse, before `else`, and half-evaluated chains drop what they made.
//> a
//> new mid
//> ask mid
//> drop mid
//> c
//> then a c
//> drop c
//> drop a
//> --
//> a
//> new mid
//> ask mid
//> drop mid
//> c
//> drop a
//> else
//> --
//> a
//> new mid
//> ask mid
//> drop mid
//> drop a
//> else
//> --
//> a
//> else
//> --
//> ra
//> rb
//> ask ra
//> then
//> drop rb
//> drop ra
//> --
//> ra
//> rb
//> drop ra
//> rc
//> else
//> --
//> ra
//> rc
//> rc
//> drop rc
//> --
//> w
//> new wy
//> ask w
//> body
//> drop wy
//> drop w
//> w
//> new wy
//> ask w
//> body
//> drop z
//> drop wy
//> drop w
//> w
//> new wy
//> ask w
//> drop wy
//> drop w
//> --
//> g
//> ask g
//> drop g
//> 9
//> g
//> ask g
//> drop g
//> new last
//> ask last
//> drop last
//> -4
//> g
//> new last
//> ask last
//> drop last
//> -2
//> 0
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn opt(name: &'static str, some: bool) -> Option<D> {
    say(name);
    if some { Some(D(name)) } else { None }
}
fn both(a: bool, b: bool, c: bool) {
    if let Some(x) = opt("a", a) && mk("mid").is(b) && let Some(y) = opt("c", c) {
        show2("then", x.0, y.0);
    } else {
        say("else");
    }
    say("--");
}
fn by_ref(a: bool, b: bool) {
    if let Some(ref x) = opt("ra", a)
        && let Some(_) = opt("rb", b)
        && x.is(true)
    {
        say("then");
    } else if let Some(_y) = opt("rc", !a)
        && let name = _y.0
    {
        say(name);
    } else {
        say("else");
    }
    say("--");
}
fn in_while(mut n: i64) {
    while let Some(x) = opt("w", n > 0) && let y = mk("wy") && x.is(n != 1) {
        say("body");
        n -= 1;
        if n == 1 { let _z = D("z"); continue; }
        let _ = &y;
    }
    say("--");
}
fn guard(v: Option<i64>) -> i64 {
    match v {
        Some(n) if let Some(x) = opt("g", n > 3) && x.is(n > 5) => n,
        Some(n) if n > 1 && mk("last").is(true) => -n,
        _ => 0,
    }
}
fn run() {
    both(true, true, true);
    both(true, true, false);
    both(true, false, true);
    both(false, true, true);
    by_ref(true, true);
    by_ref(true, false);
    by_ref(false, true);
    in_while(3);
    num(guard(Some(9)));
    num(guard(Some(4)));
    num(guard(Some(2)));
    num(guard(None));
}
