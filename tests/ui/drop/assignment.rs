//@ run-pass
//@ opt-levels: 0
// Assignment evaluates the right side first, then drops the old value in place; compound assignment and indexing keep rustc's order.
//> new d1
//> new d2
//> drop d1
//> old is d2
//> new d3
//> drop t
//> drop d2
//> rhs
//> new new1
//> lhs index
//> index_mut 1
//> drop i1
//> rhs
//> new new2
//> lhs array
//> drop i2
//> index 0
//> place
//> new x
//> add x
//> drop x
//> place
//> value
//> new y
//> add y
//> drop y
//> prim value
//> prim index
//> 7
//> deref value
//> new d4
//> deref place
//> drop d3
//> new t0
//> new t1
//> new s0
//> new s1
//> drop t1
//> drop t0
//> t s1 s0
//> new x
//> new dropped at once
//> drop dropped at once
//> new y
//> new z
//> drop z
//> xy x y
//> new late
//> late
//> new o
//> set
//> new o
//> drop o
//> set
//> new underscore
//> drop underscore
//> new s
//> drop s
//> new s again
//> end
//> drop s again
//> drop o
//> drop late
//> drop y
//> drop x
//> drop s1
//> drop s0
//> drop i0
//> drop new1
//> drop new2
//> drop d4
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::ops::{AddAssign, Index, IndexMut};
struct V { items: [D; 3], n: i64 }
impl Index<i64> for V { type Output = D; fn index(&self, i: i64) -> &D { show("index", i); &self.items[i as usize] } }
impl IndexMut<i64> for V { fn index_mut(&mut self, i: i64) -> &mut D { show("index_mut", i); &mut self.items[i as usize] } }
struct A(i64);
impl AddAssign<D> for A { fn add_assign(&mut self, d: D) { show1("add", d.0); self.0 += 1; } }
fn say_num(text: &'static str, n: i64) -> i64 { say(text); n }
fn run() {
    let mut d = mk("d1");
    d = mk("d2");
    d = { let _t = D("t"); show1("old is", d.0); mk("d3") };
    let mut v = V { items: [D("i0"), D("i1"), D("i2")], n: 0 };
    v[{ say("lhs index"); 1 }] = { say("rhs"); mk("new1") };
    v.items[{ say("lhs array"); 2 }] = { say("rhs"); mk("new2") };
    v.n = v[0].0.len() as i64;
    let mut a = A(0);
    ({ say("place"); &mut a }).add_assign(mk("x"));
    *{ say("place"); &mut a } += { say("value"); mk("y") };
    let mut i = [1i64, 2];
    i[{ say("prim index"); 1 } as usize] += say_num("prim value", 5);
    num(i[1]);
    *{ say("deref place"); &mut d } = { say("deref value"); mk("d4") };
    let mut t = (mk("t0"), mk("t1"));
    (t.1, t.0) = (mk("s0"), mk("s1"));
    show2("t", t.0.0, t.1.0);
    let (x, y);
    (x, _) = (mk("x"), mk("dropped at once"));
    [y, _] = [mk("y"), mk("z")];
    show2("xy", x.0, y.0);
    let late;
    if v.n == 2 { late = mk("late"); } else { late = mk("other"); }
    say(late.0);
    let mut o = None;
    for _ in 0..2 { o = Some(mk("o")); say("set"); }
    let _ = &o;
    _ = mk("underscore");
    let mut s;
    s = mk("s");
    drop(s);
    s = mk("s again");
    let _ = &s;
    say("end");
}
