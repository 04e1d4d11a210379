//@ run-pass
//@ opt-levels: 0
// Values moved in one round and set again before the next; moves out of loops through `break`, labelled or in a nested closure.
//> new start
//> replace start
//> new carried
//> drop start
//> replace carried
//> new carried
//> drop carried
//> replace carried
//> new carried
//> drop carried
//> carried
//> new maybe
//> taken 1
//> end
//> drop maybe
//> new maybe
//> taken 1
//> end
//> drop maybe
//> new maybe
//> taken 1
//> end
//> drop maybe
//> new maybe
//> taken 0
//> end
//> drop maybe
//> new outer
//> new inner
//> drop outer
//> new outer
//> new inner
//> drop inner
//> drop inner
//> outer
//> drop outer
//> new outer
//> new inner
//> ij 0
//> drop inner
//> new inner
//> drop outer
//> new outer
//> new inner
//> drop inner
//> drop outer
//> new outer
//> new inner
//> drop inner
//> drop inner
//> outer
//> drop outer
//> new outer
//> new inner
//> ij 0
//> drop inner
//> new inner
//> ij 1
//> drop inner
//> outer bottom
//> drop outer
//> new outer
//> new inner
//> ij 10
//> drop inner
//> new inner
//> drop outer
//> new outer
//> new inner
//> drop inner
//> drop outer
//> inner
//> drop inner
//> new outer
//> new inner
//> ij 0
//> drop inner
//> new inner
//> ij 1
//> drop inner
//> outer bottom
//> drop outer
//> new outer
//> new inner
//> ij 10
//> drop inner
//> new inner
//> ij 11
//> drop inner
//> outer bottom
//> drop outer
//> new outer
//> new inner
//> ij 20
//> drop inner
//> new inner
//> drop outer
//> inner
//> drop inner
//> new c0
//> new p0
//> step c0 p0
//> step p0 c0
//> new c2
//> drop c0
//> step c2 p0
//> drop p0
//> stopped
//> drop c2
//> drop carried
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn carry(mut d: D, n: i64) -> D {
    for i in 0..n {
        let old = d;
        d = if i == 1 { old } else { show1("replace", old.0); mk("carried") };
    }
    d
}
fn maybe_taken(n: i64) {
    let d = mk("maybe");
    let mut i = 0;
    let taken = loop {
        if i == n { break Some(d) }
        if i == 2 { break None }
        i += 1;
    };
    show("taken", taken.is_some() as i64);
    say("end");
}
fn nested(n: i64) -> Option<D> {
    let mut held = None;
    'a: for i in 0..3 {
        let outer = mk("outer");
        for j in 0..2 {
            let inner = mk("inner");
            if i + j == n { held = Some(inner); continue 'a }
            if i + j == n + 1 { held = Some(outer); break 'a }
            show("ij", i * 10 + j);
        }
        say("outer bottom");
    }
    held
}
struct State { cur: Option<D>, prev: D }
fn machine() {
    let mut s = State { cur: Some(mk("c0")), prev: mk("p0") };
    let mut i = 0;
    while let State { cur: Some(c), prev } = s {
        show2("step", c.0, prev.0);
        i += 1;
        s = match i { 1 => State { cur: Some(prev), prev: c }, 2 => State { cur: Some(mk("c2")), prev: c }, _ => State { cur: None, prev: c } };
    }
    say("stopped");
}
fn run() {
    let d = carry(mk("start"), 4);
    say(d.0);
    for n in 0..4 { maybe_taken(n) }
    for n in 0..4 { let h = nested(n); say(h.as_ref().map_or("none", |d| d.0)); }
    machine();
}
