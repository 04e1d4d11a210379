//@ run-pass
//@ edition: 2024
//@ opt-levels: 0
// `let .. else` and tails in edition 2024 with guards as scrutinees.
//> guard scrutinee
//> unguard scrutinee
//> guard tail
//> unguard tail
//> drop local
//> 13
//> guard if
//> unguard if
//> drop local
//> 2
//> guard match
//> unguard match
//> drop local
//> 5
//> guard closure
//> unguard closure
//> 7
//> --
//> guard scrutinee
//> unguard scrutinee
//> else
//> guard tail of else
//> unguard tail of else
//> 12
//> guard if
//> unguard if
//> guard else
//> unguard else
//> drop local
//> 4
//> guard match
//> guard none
//> unguard none
//> unguard match
//> drop local
//> 4
//> guard closure
//> unguard closure
//> -1
//> --
//> guard while
//> unguard while
//> guard while
//> body
//> unguard while
//> guard while
//> unguard while
//> 0
//> guard v
//> unguard v
//> drop bl
//> 1
//> guard u
//> unguard u
//> drop ul
//> 1
//> guard cond
//> unguard cond
//> guard cond block
//> unguard cond block
//> drop cl
//> then
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct G(&'static str);
impl G { fn get(&self, some: bool) -> Option<i64> { if some { Some(self.0.len() as i64) } else { None } } }
impl Drop for G { fn drop(&mut self) { show1("unguard", self.0) } }
fn g(n: &'static str) -> G { show1("guard", n); G(n) }
fn f(some: bool) -> i64 {
    let Some(n) = g("scrutinee").get(some) else { say("else"); return g("tail of else").get(true).unwrap_or(0) };
    let _l = D("local");
    n + g("tail").get(true).unwrap_or(0)
}
fn h(some: bool) -> i64 { let _l = D("local"); if let Some(n) = g("if").get(some) { n } else { g("else").get(true).unwrap_or(0) } }
fn m(some: bool) -> i64 { let _l = D("local"); match g("match").get(some) { Some(n) => n, None => g("none").get(true).unwrap_or(0) } }
fn w(mut n: i64) -> i64 { while let Some(_) = g("while").get(n > 0) { n -= 1; if n == 1 { continue } say("body") } n }
fn lam(some: bool) -> i64 { (|b: bool| g("closure").get(b).unwrap_or(-1))(some) }
fn run() {
    for s in [true, false] { num(f(s)); num(h(s)); num(m(s)); num(lam(s)); say("--") }
    num(w(2));
    let v = { let _l = D("bl"); if let Some(x) = g("v").get(true) { x } else { 0 } };
    num(v);
    let u = { let _l = D("ul"); g("u").get(true) }.unwrap_or(0);
    num(u);
    if g("cond").get(true).is_some() && { let _c = D("cl"); g("cond block").get(true).is_some() } { say("then") }
}
