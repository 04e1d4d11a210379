//@ run-pass
//@ edition: 2024
//@ opt-levels: 0
// Extension through blocks, `if` and `match` tails in edition 2024, and temporaries that are not extended.
//> new a
//> drop la
//> new b
//> new bt
//> drop bt
//> drop lb
//> ask b
//> new c
//> drop lc
//> new d
//> drop ld
//> new e
//> new f
//> new g0
//> new g1
//> first
//> new h0
//> new h1
//> new i
//> new it
//> drop it
//> drop li
//> new jt
//> drop jt
//> drop lj
//> new kt
//> ask kt
//> drop kt
//> new kt2
//> ask kt2
//> drop kt2
//> uses 14
//> drop i
//> drop h1
//> drop h0
//> drop g1
//> drop g0
//> drop f
//> drop e
//> drop d
//> drop c
//> drop b
//> drop a
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn id<T>(t: T) -> T { t }
struct G<'a>(&'a D, D);
fn run() {
    let a = { let _l = D("la"); &mk("a") };
    let b = { let _l = D("lb"); (&mk("b"), id(&mk("bt")).0) };
    let c = if b.0.is(true) { let _l = D("lc"); &mk("c") } else { &mk("not c") };
    let d = match a.0 { "a" => { let _l = D("ld"); Some(&mk("d")) } _ => None };
    let e = { { { &mk("e") } } };
    let f = unsafe { &mk("f") };
    let g = G(&mk("g0"), mk("g1"));
    let h = { say("first"); [&mk("h0"), &mk("h1")] };
    let i = &{ let _l = D("li"); (mk("i"), id(&mk("it")).0) };
    let j = { let _l = D("lj"); id(&mk("jt")).0 };
    let k = if id(&mk("kt")).is(false) { 1 } else if mk("kt2").is(true) { 2 } else { 3 };
    show("uses", [a.0, b.0.0, b.1, c.0, d.unwrap().0, e.0, f.0, g.0.0, g.1.0, h[0].0, i.0.0, j].len() as i64 + k);
}
