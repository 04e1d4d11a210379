//@ run-pass
//@ opt-levels: 0
// Temporaries of `if`, `while`, `&&` and `||` operands die when the operand or the condition has been evaluated.
//> new if
//> ask if
//> drop if
//> then
//> new a
//> ask a
//> drop a
//> new b
//> ask b
//> drop b
//> else
//> new c
//> ask c
//> drop c
//> new e
//> ask e
//> drop e
//> then
//> new f
//> ask f
//> drop f
//> new g
//> ask g
//> drop g
//> new h
//> ask h
//> drop h
//> v 0
//> new i
//> ask i
//> drop i
//> new j
//> ask j
//> drop j
//> w 1
//> new l
//> ask l
//> drop l
//> new m
//> ask m
//> drop m
//> new n
//> ask n
//> drop n
//> new o
//> ask o
//> drop o
//> new p
//> ask p
//> drop p
//> new q
//> ask q
//> drop q
//> else if
//> new r
//> ask r
//> drop r
//> true
//> new t
//> ask t
//> drop t
//> new u
//> ask u
//> drop u
//> new t
//> ask t
//> drop t
//> new u
//> ask u
//> drop u
//> n 1
//> new x
//> ask x
//> drop x
//> new y
//> drop y
//> y
//> new 1
//> ask 1
//> new 2
//> ask 2
//> drop 2
//> new 3
//> ask 3
//> drop 3
//> drop 1
//> 6
//> new 4
//> ask 4
//> drop 4
//> new 6
//> ask 6
//> drop 5
//> drop 6
//> b 1
//> new 7
//> ask 7
//> drop 7
//> new 8
//> ask 8
//> drop 8
//> new 9
//> ask 9
//> drop 9
//> new 10
//> ask 10
//> drop 10
//> new 11
//> ask 11
//> drop 11
//> new 12
//> ask 12
//> drop 12
//> new 13
//> ask 13
//> drop 13
//> c 0
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn run() {
    if mk("if").is(true) { say("then") } else { say("else") }
    if mk("a").is(true) && mk("b").is(false) { say("then") } else { say("else") }
    if mk("c").is(false) && mk("d").is(true) || mk("e").is(true) { say("then") }
    let v = mk("f").is(true) && mk("g").is(true) && mk("h").is(false);
    show("v", v as i64);
    let w = mk("i").is(false) || mk("j").is(true) || mk("k").is(false);
    show("w", w as i64);
    let _keep = (mk("l").is(true) && mk("m").is(true), mk("n").is(true));
    if !(mk("o").is(true) && !mk("p").is(false)) { say("no") } else if mk("q").is(true) { say("else if") }
    match mk("r").is(true) || mk("s").is(true) { true => say("true"), false => say("false") }
    let mut n = 0;
    while mk("t").is(n < 2) && mk("u").is(n < 1) { n += 1 }
    show("n", n);
    let x = if mk("x").is(true) { mk("y").0 } else { "z" };
    say(x);
    let z = mk("1").is(false) as i64 + if mk("2").is(true) { 5 } else { 6 } + mk("3").is(true) as i64;
    num(z);
    let b = { mk("4").is(true) } && { let _t = D("5"); mk("6").is(true) };
    show("b", b as i64);
    let _r = mk("7").is(true) && (mk("8").is(true) || return) && { if mk("9").is(false) { return } true };
    assert!(mk("10").is(true));
    let c = loop { if mk("11").is(true) && mk("12").is(true) { break mk("13").is(false) } };
    show("c", c as i64);
}
