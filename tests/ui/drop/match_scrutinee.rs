//@ run-pass
//@ opt-levels: 0
// Temporaries of a scrutinee live through the whole `match`; a moved scrutinee is gone after its arm.
//> lock l
//> 7
//> unlock l
//> --
//> lock l
//> small
//> unlock l
//> 2
//> lock l
//> unlock l
//> 7
//> new whole
//> in wildcard arm
//> drop whole
//> new bound
//> bound bound
//> drop bound
//> new ref
//> ref ref
//> drop ref
//> new t0
//> new t1
//> tuple t0
//> drop t0
//> drop t1
//> new u0
//> new u1
//> tuple u1
//> drop u0
//> drop u1
//> new r
//> by ref r
//> drop r
//> new place
//> not moved
//> ask place
//> moved place
//> drop place
//> --
//> new inner
//> new value
//> drop inner
//> value
//> drop value
//> new a
//> ask a
//> drop a
//> new b
//> ask b
//> drop b
//> f
//> new x
//> new y
//> new z
//> ends x z
//> drop z
//> drop x
//> drop y
//> new opt
//> ask opt
//> new in guard
//> drop in guard
//> ask opt
//> second
//> drop opt
//> end
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct Lock(&'static str);
impl Lock { fn lock(&self) -> Guard<'_> { show1("lock", self.0); Guard(self) } }
struct Guard<'a>(&'a Lock);
impl Guard<'_> { fn val(&self) -> Option<i64> { Some(7) } }
impl Drop for Guard<'_> { fn drop(&mut self) { show1("unlock", self.0.0); } }
fn run() {
    let l = Lock("l");
    match l.lock().val() {
        Some(n) => num(n),
        None => say("none"),
    }
    say("--");
    let r = match l.lock().val() { Some(n) if n > 9 => { say("big"); 1 } Some(_) => { say("small"); 2 } None => 3 };
    num(r);
    let v = { l.lock().val() };
    num(v.unwrap_or(0));
    match mk("whole") { _ => say("in wildcard arm") }
    match mk("bound") { d => show1("bound", d.0) }
    match mk("ref") { ref d => show1("ref", d.0) }
    match (mk("t0"), mk("t1")) { (a, _) => show1("tuple", a.0) }
    match (mk("u0"), mk("u1")) { (_, ref b) => show1("tuple", b.0) }
    match &mk("r") { d => show1("by ref", d.0) }
    let d = mk("place");
    match d { _ => say("not moved") }
    match d { ref x if x.is(false) => say("no"), x => { show1("moved", x.0) } }
    say("--");
    match { let _in = mk("inner"); mk("value") } { D(n) => say(n) }
    match mk("a").is(true) && mk("b").is(false) { true => say("t"), false => say("f") }
    match [mk("x"), mk("y"), mk("z")] { [a, .., c] => show2("ends", a.0, c.0) }
    match Some(mk("opt")) { Some(x) if x.is(false) => say("first"), Some(x) if { drop(mk("in guard")); x.is(true) } => say("second"), _ => say("third") }
    say("end");
}
