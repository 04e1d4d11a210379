//@ run-pass
//@ opt-levels: 0
// `replace`, `swap`, `take`, `Option::take/insert/get_or_insert_with` and `Cell` move values without dropping them twice.
//> new a
//> new b
//> swapped b a
//> new c
//> old b
//> new d
//> drop a
//> new t
//> taken
//> drop t
//> new o
//> new o2
//> drop o
//> new o3
//> drop o2
//> new o4
//> ask o4 renamed
//> new o5
//> drop o4 renamed
//> new z
//> z
//> ask o3
//> drop o3
//> drop z
//> new cell
//> new cell2
//> drop cell
//> new refcell
//> new refcell2
//> drop refcell
//> new refcell3
//> drop refcell2
//> refcell3
//> new r0
//> new r2
//> drop r0
//> end
//> drop r2
//> drop refcell3
//> drop cell2
//> drop o5
//> drop b
//> drop d
//> drop c
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::cell::{Cell, RefCell};
use core::mem;
#[derive(Default)]
struct Def(Option<D>);
fn run() {
    let (mut a, mut b) = (mk("a"), mk("b"));
    mem::swap(&mut a, &mut b);
    show2("swapped", a.0, b.0);
    let old = mem::replace(&mut a, mk("c"));
    show1("old", old.0);
    mem::replace(&mut b, mk("d"));
    let mut t = Def(Some(mk("t")));
    let u = mem::take(&mut t);
    say(if t.0.is_none() { "taken" } else { "?" });
    drop(u);
    let mut o = Some(mk("o"));
    o.insert(mk("o2"));
    o.replace(mk("o3"));
    let x = o.take();
    o.get_or_insert_with(|| mk("o4")).0 = "o4 renamed";
    if let Some(d) = o.as_mut().filter(|d| d.is(true)) { *d = mk("o5"); }
    let y = x.zip(Some(mk("z")));
    say(y.as_ref().map_or("?", |p| p.1.0));
    let z = y.xor(None).and_then(|(p, q)| if p.is(false) { Some(p) } else { Some(q) });
    drop(z);
    let c = Cell::new(Some(mk("cell")));
    c.set(Some(mk("cell2")));
    let r = c.take();
    c.set(r);
    let rc = RefCell::new(mk("refcell"));
    *rc.borrow_mut() = mk("refcell2");
    rc.replace(mk("refcell3"));
    say(rc.borrow().0);
    let mut arr = [Some(mk("r0")), None, Some(mk("r2"))];
    arr.swap(0, 1);
    arr.rotate_left(1);
    arr[0] = None;
    say("end");
}
