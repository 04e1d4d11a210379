//@ run-pass
// Iterators that own their items drop the rest when they die: array::IntoIter, a drain of one's own, adapters that hold a value.
//> new 0
//> new 1
//> new 2
//> new 3
//> -- two taken
//> drop 1
//> drop 2
//> -- rest dropped
//> drop 3
//> drain
//> got b0
//> drop b0
//> drop b1
//> undrain at 2
//> left b2
//> drop b2
//> 0
//> new p0
//> new p1
//> new p2
//> p0
//> drop p0
//> drop p2
//> drop p1
//> -- adapters
//> new m0
//> new m1
//> new m2
//> map m0
//> new made
//> ask m0
//> drop m0
//> drop made
//> map m1
//> new made
//> ask m1
//> drop m1
//> drop made
//> drop m2
//> 2
//> new l0
//> new l1
//> drop l0
//> l1
//> new c0
//> new c1
//> new c2
//> new d0
//> drop c0
//> drop c1
//> drop d0
//> c2
//> new f0
//> new f1
//> new f2
//> drop f0
//> drop f2
//> found
//> new acc
//> stopped
//> new x
//> new y
//> array map x
//> drop x
//> array map y
//> drop y
//> 2
//> new rep
//> rep round
//> drop rep
//> new rep
//> rep round
//> drop rep
//> end
//> drop acc
//> drop f1
//> drop c2
//> drop l1
//> drop 0
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

struct Bag { items: [Option<D>; 4], len: usize }
struct Drain<'a> { bag: &'a mut Bag, at: usize }
impl Bag { fn drain(&mut self) -> Drain<'_> { say("drain"); Drain { bag: self, at: 0 } } }
impl Iterator for Drain<'_> { type Item = D; fn next(&mut self) -> Option<D> { let r = self.bag.items.get_mut(self.at)?.take(); self.at += 1; r } }
impl Drop for Drain<'_> { fn drop(&mut self) { show("undrain at", self.at as i64); while let Some(d) = self.next() { show1("left", d.0); } self.bag.len = 0; } }
fn run() {
    let mut it = [mk("0"), mk("1"), mk("2"), mk("3")].into_iter();
    let a = it.next();
    let z = it.next_back();
    say("-- two taken");
    drop(it);
    say("-- rest dropped");
    drop(z);
    let mut bag = Bag { items: [Some(D("b0")), Some(D("b1")), Some(D("b2")), None], len: 3 };
    for d in bag.drain() { if d.0 == "b1" { break } show1("got", d.0); }
    num(bag.len as i64);
    let mut p = [mk("p0"), mk("p1"), mk("p2")].into_iter().peekable();
    if let Some(d) = p.peek() { say(d.0) }
    p.next();
    p.peek();
    drop(p);
    say("-- adapters");
    let n = [mk("m0"), mk("m1"), mk("m2")].into_iter().map(|d| { show1("map", d.0); (d, mk("made")) }).take(2).filter(|x| x.0.is(true)).count();
    num(n as i64);
    let l = [mk("l0"), mk("l1")].into_iter().last();
    say(l.as_ref().map_or("?", |d| d.0));
    let c = [mk("c0"), mk("c1"), mk("c2")].into_iter().skip_while(|d| d.0 == "c0").chain([mk("d0")]).nth(1);
    say(c.as_ref().map_or("?", |d| d.0));
    let f = [mk("f0"), mk("f1"), mk("f2")].into_iter().find(|d| d.0 == "f1");
    say(if f.is_some() { "found" } else { "?" });
    let s = [1i64, 2, 3].into_iter().try_fold(mk("acc"), |acc, i| if i == 2 { Err(acc) } else { Ok(acc) });
    say(if s.is_err() { "stopped" } else { "?" });
    let m = [mk("x"), mk("y")].map(|d| { show1("array map", d.0); d.0.len() });
    num(m.len() as i64);
    let w = core::iter::repeat_with(|| mk("rep")).take(2);
    for _ in w { say("rep round") }
    let _ = (&a, &l);
    say("end");
}
