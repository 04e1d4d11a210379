//@ run-pass
//@ opt-levels: 0
// Method calls with a mutable autoref evaluate their arguments before the receiver is used; temporaries of both live to the end.
//> new v
//> len v
//> 100702
//> 53
//> 125
//> 925
//> new made
//> new arg
//> set
//> drop made
//> drop arg
//> new made
//> new arg2
//> set
//> drop made
//> new made
//> len made
//> 1
//> drop made
//> drop arg2
//> 19
//> 788
//> new s
//> new s2
//> drop s
//> r s s2
//> 81
//> new made
//> 3
//> drop made
//> drop s2
//> drop v
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct V { n: i64, log: [i64; 4], d: D }
impl V {
    fn push(&mut self, x: i64) -> &mut Self { self.log[(self.n % 4) as usize] = x; self.n += 1; self }
    fn len(&self) -> i64 { show1("len", self.d.0); self.n }
    fn set(&mut self, d: D) -> i64 { say("set"); self.d = d; self.n }
}
fn make() -> V { V { n: 0, log: [0; 4], d: mk("made") } }
fn run() {
    let mut v = V { n: 0, log: [0; 4], d: mk("v") };
    v.push(v.len() + 10).push(7);
    v.push(v.n);
    num(v.log[0] * 10000 + v.log[1] * 100 + v.log[2]);
    let n = v.n;
    v.n += { v.n = 50; n };
    num(v.n);
    let mut a = [1, 2, 3];
    let mut i = 0;
    a[i] += { i = 2; a[1] };
    num(a[0] * 100 + a[1] * 10 + a[2]);
    a[i] = { i = 0; 9 };
    num(a[0] * 100 + a[1] * 10 + a[2] + i as i64);
    make().set(mk("arg"));
    num(make().push(1).set(mk("arg2")) + make().len());
    let mut x = 5;
    let y = x + { x = 7; x } + x;
    num(y);
    let t = (x, { x += 1; x }, x);
    num(t.0 * 100 + t.1 * 10 + t.2);
    let mut s = mk("s");
    let r = (s.0, { s = mk("s2"); s.0 });
    show2("r", r.0, r.1);
    let f: fn(i64, i64) -> i64 = |a, b| a * 10 + b;
    num(f(x, { x = 1; x }));
    let mut p = &mut v;
    let mut w = make();
    p.n = { p = &mut w; 3 };
    num(p.n);
}
