//@ run-pass
//@ opt-levels: 0
// Moving the payload out of an enum and putting another variant in its place, through references and by value.
//> new run
//> run
//> run
//> run
//> new waited
//> drop run
//> waited
//> waited
//> drop waited
//> cleared
//> done
//> idle
//> new run
//> run
//> run
//> new o
//> to done
//> drop run
//> other
//> o
//> new w
//> drop o
//> new from wait
//> drop w
//> new fresh
//> drop from wait
//> fresh
//> new kept
//> drop fresh
//> kept 1
//> kept
//> drop kept
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

enum St { Idle, Run(D), Wait { d: D, n: i64 }, Done(Option<D>) }
fn next(s: &mut St) {
    *s = match core::mem::replace(s, St::Idle) {
        St::Idle => St::Run(mk("run")),
        St::Run(d) if d.0 == "run" => St::Wait { d, n: 2 },
        St::Run(d) => St::Done(Some(d)),
        St::Wait { n: 0, d } => St::Done(Some(d)),
        St::Wait { d: _, n: 1 } => St::Wait { d: mk("waited"), n: 0 },
        St::Wait { d, n } => St::Wait { n: n - 1, d },
        St::Done(None) => St::Idle,
        St::Done(d) => { drop(d); say("cleared"); St::Done(None) }
    };
}
fn name(s: &St) -> &'static str { match s { St::Idle => "idle", St::Run(D(n)) => n, St::Wait { d, .. } => d.0, St::Done(Some(d)) => d.0, St::Done(None) => "done" } }
fn owned(s: St) -> St { match s { w @ St::Wait { .. } => w, St::Run(d) => { let r = St::Done(Some(d)); say("to done"); r } other => { say("other"); other } } }
fn inplace(s: &mut St) { match s { St::Run(d) => { *d = mk("fresh"); } St::Wait { n, .. } if *n > 1 => *n = 0, w @ St::Wait { .. } => *w = St::Run(mk("from wait")), _ => *s = St::Idle } }
fn run() {
    let mut s = St::Idle;
    for _ in 0..9 { next(&mut s); say(name(&s)); }
    s = owned(St::Run(mk("o")));
    s = owned(s);
    say(name(&s));
    s = St::Wait { d: mk("w"), n: 2 };
    inplace(&mut s);
    inplace(&mut s);
    inplace(&mut s);
    say(name(&s));
    s = owned(St::Wait { d: mk("kept"), n: 1 });
    if let St::Wait { d, n } = s { show(d.0, n); s = St::Done(Some(d)); }
    say(name(&s));
}
