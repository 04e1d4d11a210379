//@ run-pass
//@ opt-levels: 0
// Arrays: elements die in order, `[expr; n]` moves a single value, constants repeat, `[expr; 0]` drops its operand.
//> new a0
//> new a1
//> new a2
//> first a0
//> new one
//> one
//> new zero
//> drop zero
//> after zero
//> new o1
//> new o1b
//> drop o1
//> value
//> index
//> make 1
//> make 2
//> make 3
//> make 4
//> 23
//> new w0
//> new w1
//> drop w0
//> drop w1
//> new v0
//> new v1
//> drop v0
//> new p
//> new q0
//> new q1
//> pq p q1
//> drop q0
//> drop q1
//> end
//> drop p
//> drop v1
//> drop z
//> drop z
//> drop z
//> drop z
//> drop o1b
//> drop o2
//> drop const
//> drop const
//> drop one
//> drop a0
//> drop a1
//> drop a2
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

const C: Option<D> = None;
const K: D = D("const");
struct Z(#[allow(dead_code)] D, i64);
fn make(n: i64) -> Z { show("make", n); Z(D("z"), n) }
fn run() {
    let a = [mk("a0"), mk("a1"), mk("a2")];
    let [x, ..] = a;
    show1("first", x.0);
    let one = [mk("one"); 1];
    say(one[0].0);
    let _consts = [K; 2];
    let _zero: [D; 0] = [mk("zero"); 0];
    say("after zero");
    let mut opts = [C; 3];
    opts[1] = Some(mk("o1"));
    opts[1] = Some(mk("o1b"));
    opts[{ say("index"); 2 }] = { say("value"); Some(D("o2")) };
    let nested = [[make(1), make(2)], [make(3), make(4)]];
    let [[_, b], [c, _]] = nested;
    num(b.1 * 10 + c.1);
    let _ = [mk("w0"), mk("w1")];
    let [_, _y] = [mk("v0"), mk("v1")];
    let [p, q @ ..] = [mk("p"), mk("q0"), mk("q1")];
    show2("pq", p.0, q[1].0);
    drop(q);
    say("end");
}
