//@ run-pass
//@ opt-levels: 0
// `?` leaves every scope between it and the function, and drops the temporaries of its statement.
//> new t1
//> step t1
//> convert 1
//> drop t1
//> drop a
//> err 2
//> --
//> new t1
//> step t1
//> drop t1
//> new t2
//> step t2
//> convert 1
//> drop first arg
//> drop t2
//> drop in
//> drop made
//> drop a
//> err 2
//> --
//> new t1
//> step t1
//> drop t1
//> new t2
//> step t2
//> drop made
//> drop first arg
//> drop t2
//> 9
//> drop in
//> new s0
//> step made
//> convert 1
//> drop s0
//> drop made
//> drop a
//> err 2
//> --
//> new t1
//> step t1
//> drop t1
//> new t2
//> step t2
//> drop made
//> drop first arg
//> drop t2
//> 9
//> drop in
//> new s0
//> step made
//> new s2
//> step made
//> convert 1
//> drop loop
//> drop s0
//> drop made
//> drop s2
//> drop made
//> drop a
//> err 2
//> --
//> new t1
//> step t1
//> drop t1
//> new t2
//> step t2
//> drop made
//> drop first arg
//> drop t2
//> 9
//> drop in
//> new s0
//> step made
//> new s2
//> step made
//> drop made
//> drop loop
//> step made
//> convert 1
//> drop loop
//> drop s0
//> drop made
//> drop s2
//> drop made
//> drop a
//> err 2
//> --
//> new t1
//> step t1
//> drop t1
//> new t2
//> step t2
//> drop made
//> drop first arg
//> drop t2
//> 9
//> drop in
//> new s0
//> step made
//> new s2
//> step made
//> drop made
//> drop loop
//> step made
//> drop made
//> drop loop
//> step s0
//> convert 1
//> drop s0
//> drop made
//> drop s2
//> drop made
//> drop a
//> err 2
//> --
//> new t1
//> step t1
//> drop t1
//> new t2
//> step t2
//> drop made
//> drop first arg
//> drop t2
//> 9
//> drop in
//> new s0
//> step made
//> new s2
//> step made
//> drop made
//> drop loop
//> step made
//> drop made
//> drop loop
//> step s0
//> step s2
//> convert 1
//> drop made
//> drop s0
//> drop made
//> drop s2
//> drop made
//> drop a
//> err 2
//> --
//> new t1
//> step t1
//> drop t1
//> new t2
//> step t2
//> drop made
//> drop first arg
//> drop t2
//> 9
//> drop in
//> new s0
//> step made
//> new s2
//> step made
//> drop made
//> drop loop
//> step made
//> drop made
//> drop loop
//> step s0
//> step s2
//> drop s0
//> drop made
//> drop s2
//> drop made
//> drop a
//> drop made
//> drop made
//> ok 2
//> --
//> drop t
//> drop o
//> o
//> ?
//> new tail temp
//> step tail temp
//> convert 1
//> drop tail local
//> drop tail temp
//> new tail temp
//> step tail temp
//> drop tail local
//> drop tail temp
//> made
//> drop made
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

#[derive(Clone, Copy)]
struct Bad(i64);
fn step(d: &D, ok: bool) -> Result<D, Bad> { show1("step", d.0); if ok { Ok(D("made")) } else { Err(Bad(1)) }.map_err(|e: Bad| e) }
fn two(a: D, _b: D) -> i64 { a.0.len() as i64 }
struct Conv(i64);
impl From<Bad> for Conv { fn from(e: Bad) -> Self { show("convert", e.0); Conv(e.0 + 1) } }
fn f(n: i64) -> Result<i64, Conv> {
    let _a = D("a");
    let v = step(&mk("t1"), n > 0)?;
    {
        let _in = D("in");
        let r = two(D("first arg"), step(&mk("t2"), n > 1)?);
        num(r);
    }
    let s = (mk("s0"), step(&v, n > 2)?, mk("s2"));
    for i in 0..2 { let _l = D("loop"); step(&s.1, n > 3 + i)?; }
    Ok([step(&s.0, n > 5)?, step(&s.2, n > 6)?].len() as i64)
}
fn opt(o: Option<D>) -> Option<&'static str> { let d = o?; let _t = D("t"); Some(d.0) }
fn tail(n: i64) -> Result<D, Conv> { let _l = D("tail local"); Ok(step(&mk("tail temp"), n > 0)?) }
fn run() {
    for n in 0..8 {
        match f(n) { Ok(v) => show("ok", v), Err(Conv(e)) => show("err", e) }
        say("--");
    }
    say(opt(Some(D("o"))).unwrap_or("?"));
    say(opt(None).unwrap_or("?"));
    for n in 0..2 { if let Ok(d) = tail(n) { say(d.0) } }
}
