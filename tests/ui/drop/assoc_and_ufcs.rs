//@ run-pass
//@ opt-levels: 0
// Drops across traits: default methods by value, iterators by `&mut`, `Into`, `Fn` objects, returned closures and `impl Trait`.
//> new a
//> eat a
//> drop a
//> new b
//> new c
//> new d
//> new e
//> eat c
//> drop b
//> drop c
//> eat e
//> drop d
//> drop e
//> new f
//> new g
//> eat f
//> drop f
//> drop g
//> new h
//> from h
//> h
//> new captured
//> new arg
//> in captured arg
//> new result
//> drop arg
//> drop call local
//> result
//> new l0
//> new l1
//> got l0
//> drop l0
//> got l1
//> drop l1
//> new own
//> drop own
//> new x
//> closure own x
//> x 3
//> new own
//> drop own
//> new i0
//> new i1
//> new i2
//> first i0
//> drop i0
//> from i1
//> i1
//> drop i1
//> iter done
//> new y
//> new added
//> drop added
//> y
//> drop y
//> new z
//> z
//> drop z
//> new z
//> from z
//> z
//> drop z
//> new o
//> o
//> drop o
//> end
//> drop i2
//> drop x
//> drop result
//> drop captured
//> drop h
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

trait Eat: Sized { fn name(&self) -> &'static str; fn eat(self) { show1("eat", self.name()); } fn eat_two(self, o: Self) -> Self { self.eat(); o } }
impl Eat for D { fn name(&self) -> &'static str { self.0 } }
impl<T: Eat, U: Eat> Eat for (T, U) { fn name(&self) -> &'static str { self.1.name() } }
struct Wrap(D);
impl From<D> for Wrap { fn from(d: D) -> Self { show1("from", d.0); Wrap(d) } }
fn call(f: &dyn Fn(D) -> D, d: D) -> D { let _l = D("call local"); f(d) }
fn call_mut(f: &mut dyn FnMut() -> Option<D>) { while let Some(d) = f() { show1("got", d.0) } }
fn make(n: i64) -> impl FnOnce(D) -> (D, i64) { let own = mk("own"); move |d| { show2("closure", own.0, d.0); (d, n) } }
fn iter(n: usize) -> impl Iterator<Item = D> { [mk("i0"), mk("i1"), mk("i2")].into_iter().take(n) }
fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C { move |a| g(f(a)) }
fn run() {
    mk("a").eat();
    (mk("b"), mk("c")).eat_two((mk("d"), mk("e"))).eat();
    <D as Eat>::eat_two(mk("f"), mk("g"));
    let w: Wrap = mk("h").into();
    say(w.0.0);
    let k = mk("captured");
    let r = call(&|d| { show2("in", k.0, d.0); mk("result") }, mk("arg"));
    say(r.0);
    let mut left = [Some(mk("l0")), Some(mk("l1")), None];
    let mut at = 0;
    call_mut(&mut || { at += 1; left[at - 1].take() });
    let (d, n) = make(3)(mk("x"));
    show(d.0, n);
    drop(make(4));
    let mut it = iter(2);
    for d in &mut it { show1("first", d.0); break }
    for d in it.by_ref().map(Wrap::from) { say(d.0.0) }
    say("iter done");
    let f = compose(|d: D| (d, mk("added")), |(a, _b): (D, D)| a);
    say(f(mk("y")).0);
    let fs: [fn(D) -> Wrap; 2] = [Wrap, Wrap::from];
    for f in fs { say(f(mk("z")).0.0) }
    say(Some(mk("o")).map(Wrap).map(|Wrap(d)| d).as_ref().map_or("", |d| d.0));
    say("end");
}
