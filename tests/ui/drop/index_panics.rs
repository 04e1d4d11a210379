//@ run-fail
//@ exit-code: 101
//@ opt-levels: 0
// `a[i] = v`: the value comes first, then the index, then the bounds check; nothing is overwritten.
//> new 0
//> new 1
//> value
//> new new
//> index
//> drop 1
//> value
//> new lost
//> index
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn at(n: usize) -> usize { n + 1 }
fn run() {
    let mut a = [mk("0"), mk("1")];
    let i = [at(0), at(1)];
    a[{ say("index"); i[0] }] = { say("value"); mk("new") };
    a[{ say("index"); i[1] }] = { say("value"); mk("lost") };
    say("not reached");
}
