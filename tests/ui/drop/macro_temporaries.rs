//@ run-pass
//@ opt-levels: 0
// Shadowing through macros, hygiene and statement macros: temporaries of macro arguments die with the statement around the call.
//> new a
//> new a
//> twice a a
//> drop a
//> drop a
//> new b
//> new x
//> new y
//> new z
//> block end
//> drop z
//> drop y
//> drop x
//> new short
//> new longer
//> longer
//> drop longer
//> drop short
//> new l1
//> new l2
//> drop l1
//> drop hygienic
//> l2
//> new s1
//> new s2
//> new s3
//> pq s1 s2
//> drop hygienic
//> outer
//> new m
//> ask m
//> drop m
//> matched
//> new temporary in macro
//> drop temporary in macro
//> temporary in macro
//> new dbg
//> ask dbg
//> drop dbg
//> new e1
//> new e2
//> drop e2
//> drop e1
//> end
//> drop outer
//> drop s3
//> drop s2
//> drop s1
//> drop l2
//> drop b
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

macro_rules! twice { ($e:expr) => { show2("twice", $e.0, $e.0) } }
macro_rules! bind { ($n:ident, $e:expr) => { let $n = $e; } }
macro_rules! block { ($($s:stmt)*) => {{ $($s)* say("block end"); }} }
macro_rules! max { ($a:expr, $b:expr) => { match (&$a, &$b) { (x, y) => if x.0.len() > y.0.len() { x.0 } else { y.0 } } } }
macro_rules! last { ($($e:expr),*) => {{ let _h = D("hygienic"); $( let _h = $e; )* _h }} }
macro_rules! stmts { ($a:ident $b:ident) => { let $a = mk("s1"); let $b = mk("s2"); let _hidden = mk("s3"); } }
fn run() {
    twice!(mk("a"));
    bind!(b, mk("b"));
    block! { let _x = mk("x") let _y = &mk("y") bind!(_z, mk("z")) }
    say(max!(mk("short"), mk("longer")));
    let l = last!(mk("l1"), mk("l2"));
    say(l.0);
    stmts!(p q);
    show2("pq", p.0, q.0);
    let _h = D("outer");
    let v = last!(_h);
    say(v.0);
    if matches!(Some(mk("m")), Some(ref d) if d.is(true)) { say("matched") }
    let r = core::convert::identity(max!(b, mk("temporary in macro")));
    say(r);
    debug_assert!(mk("dbg").is(true));
    assert_eq!(mk("e1").0.len(), mk("e2").0.len());
    say("end");
}
