//@ run-pass
// Enums with drop glue, in niches and behind tags: only the active variant's fields are dropped.
//> new 1
//> new added
//> changed
//> drop added
//> changed
//> changed
//> new added
//> changed
//> drop 1
//> drop added
//> now E
//> changed
//> new 2
//> new 3
//> drop 2
//> 2
//> new n
//> static
//> n
//> u
//> drop n
//> new w
//> ss
//> drop w
//> sn
//> n
//> 1
//> new l
//> new only
//> only
//> new r
//> r
//> new o
//> drop o
//> set none
//> new o2
//> new o3
//> drop o2
//> end
//> 3
//> drop 3
//> drop o3
//> drop r
//> drop only
//> loud some
//> drop l
//> loud none
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::num::NonZeroU8;
enum Big { A(D), B(D, D), C { x: i64, d: D }, E }
enum Niche { S(&'static D), D(D), U }
enum Wrap { W(Option<Option<D>>), No(NonZeroU8) }
struct Loud(Option<D>);
impl Drop for Loud { fn drop(&mut self) { say(if self.0.is_some() { "loud some" } else { "loud none" }) } }
enum Only { O(D) }
enum Void {}
fn change(mut b: Big) -> Big {
    b = match b { Big::A(d) => Big::B(d, mk("added")), Big::B(d, _) => Big::C { x: 1, d }, Big::C { d, x: _ } => Big::A(d), Big::E => Big::E };
    say("changed");
    b
}
fn run() {
    let mut b = Big::A(mk("1"));
    for _ in 0..4 { b = change(b); }
    b = Big::E;
    say("now E");
    b = change(b);
    b = Big::C { x: 2, d: mk("2") };
    if let Big::C { ref mut d, x } = b { *d = mk("3"); num(x); }
    static ST: D = D("static");
    let list = [Niche::S(&ST), Niche::D(mk("n")), Niche::U];
    for n in &list { match n { Niche::S(d) => say(d.0), Niche::D(d) => say(d.0), Niche::U => say("u") } }
    drop(list);
    let w = [Wrap::W(Some(Some(mk("w")))), Wrap::W(Some(None)), Wrap::W(None), Wrap::No(NonZeroU8::MIN)];
    for x in w { match x { Wrap::W(Some(o)) => say(if o.is_some() { "ss" } else { "sn" }), Wrap::W(None) => say("n"), Wrap::No(k) => num(k.get() as i64) } }
    let _l = (Loud(Some(mk("l"))), Loud(None));
    let Only::O(d) = Only::O(mk("only"));
    say(d.0);
    let r: Result<D, Void> = Ok(mk("r"));
    let Ok(v) = r;
    say(v.0);
    let mut o = Some(mk("o"));
    o = None;
    say("set none");
    o = o.or_else(|| Some(mk("o2")));
    if let Some(x) = &mut o { *x = mk("o3") }
    say("end");
    match b { Big::C { d, .. } => say(d.0), _ => say("?") }
}
