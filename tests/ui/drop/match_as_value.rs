//@ run-pass
//@ opt-levels: 0
// `match` and `if` as operands and initialisers: bindings die at the end of the arm, after the value has been made.
//> new a
//> new b
//> ask a
//> drop a
//> new none
//> v b none
//> new c
//> new d
//> new arm temp
//> drop arm temp
//> drop c
//> drop d
//> 9
//> new e
//> new f
//> ask e
//> e
//> new y
//> drop y
//> ask b
//> new z
//> new then
//> drop z
//> two e then
//> drop e
//> then
//> drop then
//> 1
//> new one
//> new in
//> new block
//> drop in
//> ask block
//> ask one
//> new s0
//> new s1
//> drop s0
//> drop s1
//> 3
//> new inner scrutinee
//> new paired
//> outer inner scrutinee paired
//> drop paired
//> drop inner scrutinee
//> new chooses
//> ask chooses
//> drop chooses
//> new f1
//> new f2
//> two f1 f2
//> drop f1
//> drop f2
//> end
//> drop one
//> drop block
//> drop f
//> drop b
//> drop none
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct Pair(D, D);
fn pick(p: Option<Pair>) -> D { match p { Some(Pair(a, b)) => if a.is(false) { a } else { b }, None => mk("none") } }
fn len(p: Option<Pair>) -> i64 { match p { Some(Pair(a, _)) => a.0.len() as i64 + mk("arm temp").0.len() as i64, None => 0 } }
fn by_ref<'a>(p: &'a Option<Pair>) -> &'a D { match p { Some(Pair(a, _)) if a.is(true) => a, Some(Pair(_, b)) => b, None => { const S: &D = &D("static"); S } } }
fn two(a: D, b: D) -> D { show2("two", a.0, b.0); b }
fn run() {
    let v = (pick(Some(Pair(mk("a"), mk("b")))), pick(None));
    show2("v", v.0.0, v.1.0);
    num(len(Some(Pair(mk("c"), mk("d")))) + len(None));
    let p = Some(Pair(mk("e"), mk("f")));
    say(by_ref(&p).0);
    let w = two(match p { Some(Pair(x, _)) => { let _y = mk("y"); x } None => mk("?") }, if v.0.is(true) { let _z = mk("z"); mk("then") } else { mk("else") });
    say(w.0);
    let x: i64 = match w { D("then") => { drop(w); 1 } D(_) => 2 };
    num(x);
    let arr = [match x { 1 => mk("one"), _ => mk("other") }, { let _in = mk("in"); mk("block") }];
    let n = match &arr { [a, b] if a.is(b.is(true)) => 1, _ => 2 } + match (mk("s0"), mk("s1")) { (ref a, _) => a.0.len() as i64 };
    num(n);
    match match mk("inner scrutinee") { d => (d, mk("paired")) } { (a, b) => show2("outer", a.0, b.0) }
    let f = match mk("chooses").is(true) { true => two, false => |a: D, _| a };
    f(mk("f1"), mk("f2"));
    say("end");
}
