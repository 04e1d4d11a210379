//@ run-pass
//@ opt-levels: 0
// `let .. else`: temporaries die before the `else` block runs, bindings live on, what is not bound dies at once.
//> d
//> got d
//> drop last
//> drop d
//> drop first
//> 1
//> d
//> else
//> drop first
//> 0
//> new temp
//> drop temp
//> after
//> 1
//> new temp
//> drop temp
//> else
//> drop e
//> 0
//> both pa pb
//> drop pa
//> drop pb
//> else
//> drop qa
//> drop qb
//> new name
//> body name
//> drop name
//> drop round
//> new name
//> drop name
//> continue
//> drop round
//> new name
//> body name
//> drop name
//> drop round
//> new name
//> drop name
//> drop round
//> w
//> drop w
//> after wildcard
//> r
//> ref r
//> x
//> new unbound
//> drop unbound
//> end of wild
//> drop x
//> drop r
//> lab
//> drop lab
//> lab
//> lab
//> broke
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

fn opt(name: &'static str, some: bool) -> Option<D> { say(name); if some { Some(D(name)) } else { None } }
fn refer<'a>(d: &'a D, some: bool) -> Option<&'a D> { if some { Some(d) } else { None } }
fn one(some: bool) -> i64 {
    let _first = D("first");
    let Some(d) = opt("d", some) else { say("else"); return 0 };
    let _last = D("last");
    show1("got", d.0);
    1
}
fn temporary(some: bool) -> i64 {
    let Some(_) = refer(&mk("temp"), some).map(|d| d.0) else { let _e = D("e"); say("else"); return 0 };
    say("after");
    1
}
fn partly(v: (Result<D, D>, D)) {
    let (Ok(a), ref b) = v else { say("else"); return };
    show2("both", a.0, b.0);
}
fn in_loop() {
    let mut n = 0;
    loop {
        n += 1;
        let _r = D("round");
        let (1 | 3, name) = (n, mk("name")) else { if n > 3 { break } else { say("continue"); continue } };
        show1("body", name.0);
    }
}
fn wild() {
    let Some(_) = opt("w", true) else { return };
    say("after wildcard");
    let Some(ref r) = opt("r", true) else { return };
    show1("ref", r.0);
    let (Some(_x), _) = (opt("x", true), mk("unbound")) else { return };
    say("end of wild");
}
fn diverges(some: bool) -> &'static str {
    'a: {
        let Some(d) = opt("lab", some) else { break 'a "broke" };
        d.0
    }
}
fn run() {
    num(one(true));
    num(one(false));
    num(temporary(true));
    num(temporary(false));
    partly((Ok(D("pa")), D("pb")));
    partly((Err(D("qa")), D("qb")));
    in_loop();
    wild();
    say(diverges(true));
    say(diverges(false));
}
