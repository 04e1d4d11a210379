//@ run-pass
//@ opt-levels: 0
// `while let`: the scrutinee's temporaries live through each round and the last test; `break` and `continue` drop them.
//> peek i
//> 2
//> drop body
//> unpeek i
//> peek i
//> continue
//> drop body
//> unpeek i
//> peek i
//> 0
//> drop body
//> unpeek i
//> peek i
//> unpeek i
//> --
//> peek i
//> new g
//> ask g
//> drop g
//> drop t
//> unpeek i
//> peek i
//> unpeek i
//> result
//> took o
//> drop o
//> took p
//> drop p
//> new cond
//> ask cond
//> drop cond
//> drop block cond
//> 1
//> drop block cond
//> 2
//> drop block cond
//> new x
//> ask x
//> drop y
//> drop x
//> end
//> drop result
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct It { n: i64, name: &'static str }
impl It { fn peek(&mut self) -> View<'_> { self.n -= 1; show1("peek", self.name); View(self) } }
struct View<'a>(&'a mut It);
impl View<'_> { fn get(&self) -> Option<i64> { if self.0.n >= 0 { Some(self.0.n) } else { None } } }
impl Drop for View<'_> { fn drop(&mut self) { show1("unpeek", self.0.name); } }
fn run() {
    let mut it = It { n: 3, name: "i" };
    while let Some(n) = it.peek().get() {
        let _b = D("body");
        if n == 1 { say("continue"); continue }
        num(n);
    }
    say("--");
    it.n = 3;
    let r = loop {
        match it.peek().get() {
            Some(1) => break D("result"),
            Some(n) if mk("g").is(n == 7) => say("no"),
            Some(_) => { let _t = D("t"); }
            None => say("none"),
        }
    };
    say(r.0);
    let mut o = Some(D("o"));
    while let Some(d) = o.take() { show1("took", d.0); if d.0 == "o" { o = Some(D("p")); } }
    while mk("cond").is(false) { say("never") }
    let mut k = 0;
    while { let _c = D("block cond"); k += 1; k < 3 } { num(k) }
    'outer: while let Some(x) = Some(mk("x")) {
        loop { let _y = D("y"); if x.is(true) { break 'outer } }
    }
    say("end");
}
