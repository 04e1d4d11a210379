// Cases whose trace depends on the edition of the crate: one body, two tests.
use crate::trace::*;

struct Cell<'a>(&'a D);
impl<'a> Cell<'a> {
    fn borrow(&self) -> Guard<'a> {
        show1("borrow", self.0.0);
        Guard(self.0)
    }
}
struct Guard<'a>(&'a D);
impl Guard<'_> {
    fn value(&self) -> i64 {
        self.0.0.len() as i64
    }
    fn some(&self, some: bool) -> Option<i64> {
        if some { Some(1) } else { None }
    }
}
impl Drop for Guard<'_> {
    fn drop(&mut self) {
        show1("release", self.0.0);
    }
}

fn function_tail(d: &D) -> i64 {
    let _l = D("local");
    Cell(d).borrow().value()
}

fn block_tail(d: &D) -> i64 {
    let v = {
        let _l = D("local");
        Cell(d).borrow().value() + mk("two").0.len() as i64
    };
    num(v);
    let w = 1 + { Cell(d).borrow().value() } + { mk("three").0.len() as i64 };
    w
}

fn branches(d: &D, first: bool) -> i64 {
    let _l = D("local");
    let r = if first { mk("then").0.len() as i64 } else { Cell(d).borrow().value() };
    say("after if");
    let s = match first {
        true => { let _m = D("arm"); Cell(d).borrow().value() }
        false => mk("false").0.len() as i64,
    };
    say("after match");
    r + s
}

fn closure_tail(d: &D) {
    let f = || { let _l = D("local"); Cell(d).borrow().value() };
    num(f());
    let g = |x: i64| mk("expression").0.len() as i64 + x;
    num(g(1));
}

fn loop_tail(d: &D) {
    for i in 0..2 {
        let _l = D("round");
        if i == 1 { Cell(d).borrow(); }
        mk("tail").is(true);
    }
    let v = loop { break Cell(d).borrow().value() };
    num(v);
    let w = 'l: { let _l = D("labelled"); if v > 100 { break 'l 1 } Cell(d).borrow().value() };
    num(w);
    let u = unsafe { let _l = D("unsafe"); Cell(d).borrow().value() };
    num(u);
}

fn nested(d: &D) -> i64 {
    let _a = D("a");
    {
        let _b = D("b");
        {
            let _c = D("c");
            (Cell(d).borrow().value(), mk("x").0).0
        }
    }
}

fn if_let(d: &D, some: bool) {
    if let Some(n) = Cell(d).borrow().some(some) { show("then", n) } else { say("else") }
    say("after");
    let v = if let Some(n) = Cell(d).borrow().some(some) { n } else if let Some(m) = mk("second").len_is(6) { m } else { 9 };
    num(v);
    if let Some(D(name)) = make(some) { say(name) } else if some { say("never") } else { say("else") }
    match if let Some(n) = Cell(d).borrow().some(some) { n } else { 3 } { n => show("matched", n) }
}

fn if_let_tail(d: &D, some: bool) -> i64 {
    let _l = D("local");
    if let Some(n) = Cell(d).borrow().some(some) { n } else { say("else"); 2 }
}

fn match_tail(d: &D) -> i64 {
    let _l = D("local");
    match Cell(d).borrow().some(true) { Some(n) => { say("arm"); n } None => 0 }
}

fn make(some: bool) -> Option<D> {
    if some { Some(mk("made")) } else { None }
}

fn statements(d: &D) {
    { let _l = D("l"); Cell(d).borrow().value(); }
    if Cell(d).borrow().value() > 0 { Cell(d).borrow().value(); }
    let _x = (if Cell(d).borrow().value() > 0 { mk("t").0 } else { "" }, mk("kept"));
    let c = { let _l = D("l2"); (&mk("not extended")).is(true) };
    show("c", c as i64);
}

macro_rules! tail { ($d:expr) => {{ let _l = D("macro local"); Cell($d).borrow().value() }} }

pub fn run() {
    let d = D("cell");
    for (i, f) in [function_tail, block_tail, nested, match_tail].into_iter().enumerate() {
        show("case", i as i64);
        num(f(&d));
    }
    for first in [true, false] {
        say("-- branches");
        num(branches(&d, first));
        say("-- if let");
        if_let(&d, first);
        say("-- if let tail");
        num(if_let_tail(&d, first));
    }
    say("-- closures");
    closure_tail(&d);
    say("-- loops");
    loop_tail(&d);
    say("-- statements");
    statements(&d);
    say("-- macro");
    num(tail!(&d));
}
