//@ run-pass
//@ opt-levels: 0
// Overloaded operators consume or borrow their operands; negation, indexing, comparison and deref keep order.
//> new a
//> new b
//> add a b
//> drop b
//> new c
//> add a c
//> drop c
//> a
//> new d
//> new e
//> add ref d e
//> new f
//> add ref a f
//> 2
//> drop f
//> drop e
//> drop d
//> new g
//> sub g
//> mul g
//> new h
//> neg h
//> drop h
//> add product negated
//> drop negated
//> product
//> new i
//> not i
//> not 1
//> drop i
//> new j
//> new k
//> xy k j
//> new l
//> new m
//> eq l m
//> eq 1
//> drop m
//> drop l
//> new nn
//> new o
//> cmp nn o
//> drop o
//> drop nn
//> new q
//> new r
//> cmp q r
//> drop r
//> drop q
//> lt 1
//> new lazy
//> deref lazy
//> new lazier
//> deref lazier
//> eq lazy lazier
//> drop lazier
//> drop lazy
//> z 0
//> new s
//> new t
//> eq s t
//> drop t
//> drop s
//> new u
//> new vv
//> eq u vv
//> drop vv
//> drop u
//> new w
//> new y
//> add w y
//> drop y
//> w
//> end
//> drop w
//> drop j
//> drop k
//> drop product
//> drop g
//> drop a
#![no_std]
#![no_main]
#[path = "../support/trace.rs"]
mod trace;
use trace::*;

use core::ops::{Add, Deref, Mul, Neg, Not, Shl, Sub};
impl Add for D { type Output = D; fn add(self, r: D) -> D { show2("add", self.0, r.0); self } }
impl<'a> Add<&'a D> for &'a D { type Output = i64; fn add(self, r: &D) -> i64 { show2("add ref", self.0, r.0); 1 } }
impl Sub<D> for i64 { type Output = D; fn sub(self, r: D) -> D { show1("sub", r.0); r } }
impl Mul<i64> for &D { type Output = D; fn mul(self, _: i64) -> D { show1("mul", self.0); D("product") } }
impl Neg for D { type Output = D; fn neg(self) -> D { show1("neg", self.0); D("negated") } }
impl Not for &D { type Output = bool; fn not(self) -> bool { show1("not", self.0); true } }
impl Shl<D> for D { type Output = (D, D); fn shl(self, r: D) -> (D, D) { (r, self) } }
impl PartialEq for D { fn eq(&self, o: &D) -> bool { show2("eq", self.0, o.0); self.0.len() == o.0.len() } }
impl PartialOrd for D { fn partial_cmp(&self, o: &D) -> Option<core::cmp::Ordering> { show2("cmp", self.0, o.0); self.0.len().partial_cmp(&o.0.len()) } }
struct Lazy(D);
impl Deref for Lazy { type Target = D; fn deref(&self) -> &D { show1("deref", self.0.0); &self.0 } }
fn run() {
    let a = mk("a") + mk("b") + mk("c");
    say(a.0);
    num(&mk("d") + &mk("e") + (&a + &mk("f")));
    let s = 5 - mk("g");
    let p = &s * 2 + -mk("h");
    say(p.0);
    show("not", !&mk("i") as i64);
    let (x, y) = mk("j") << mk("k");
    show2("xy", x.0, y.0);
    show("eq", (mk("l") == mk("m")) as i64);
    show("lt", (mk("nn") < mk("o") && x == y || mk("q") >= mk("r")) as i64);
    let z = *Lazy(mk("lazy")) == *Lazy(mk("lazier"));
    show("z", z as i64);
    assert!(mk("s") == mk("t"));
    let m = if mk("u") != mk("vv") { mk("w") } else { mk("x") } + mk("y");
    say(m.0);
    say("end");
}
