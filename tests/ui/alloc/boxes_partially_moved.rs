//@ run-pass
// Boxes whose contents are moved and put back: flags, loops, branches, matches by value, closures, nested boxes.
//> drop first
//> refilled second
//> drop second
//> loop 0: v0
//> loop 1: v1
//> drop v1
//> loop 2: v2
//> drop v2
//> kept v0
//> drop v0
//> some a b
//> drop a
//> drop b
//> none
//> either left
//> drop left
//> either right
//> drop right
//> nested out mid
//> drop in
//> drop out
//> tuple t1
//> drop t0
//> drop t1
//> early 1
//> drop e1
//> drop tail
//> early 0
//> drop e0
//> drop tail
//> swap two one
//> drop one
//> drop two
//> pinned 5 6
//> dyn rc 2 arc 3
//> sum 10 collected 6
//> live 0
#![no_std]
#![no_main]
extern crate alloc;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::pin::Pin;
#[path = "../support/rt_alloc.rs"]
mod rt;

struct D(&'static str);
impl Drop for D { fn drop(&mut self) { println!("drop {}", self.0); } }

fn refill() {
    let mut b = Box::new(D("first"));
    drop(*b);
    *b = D("second");
    println!("refilled {}", b.0);
}

fn looped() {
    let mut kept = None;
    for (i, name) in ["v0", "v1", "v2"].into_iter().enumerate() {
        let b = Box::new((D(name), i));
        println!("loop {}: {}", b.1, b.0.0);
        if i == 0 { kept = Some(b.0); }
    }
    println!("kept {}", kept.as_ref().unwrap().0);
}

fn matched(o: Option<Box<(D, D)>>) {
    match o {
        Some(b) => { let (x, y) = *b; println!("some {} {}", x.0, y.0); drop(x); drop(y); }
        None => println!("none"),
    }
}

enum E { Left(D), Right { d: D, n: u8 } }
fn either(b: Box<E>) {
    match *b {
        E::Left(d) => println!("either {}", d.0),
        E::Right { d, n: 1 } => println!("one {}", d.0),
        E::Right { d, .. } => println!("either {}", d.0),
    }
}

fn nested() {
    let b = Box::new((D("out"), Box::new((D("in"), "mid"))));
    let inner = *b.1;
    println!("nested {} {}", b.0.0, inner.1);
}

fn early(flag: bool) -> usize {
    let b = Box::new((D(if flag { "e1" } else { "e0" }), D("tail")));
    if flag { let taken = b.0; println!("early 1"); drop(taken); return 1; }
    println!("early 0");
    0
}

trait N { fn n(&self) -> u32; }
impl N for u32 { fn n(&self) -> u32 { *self } }
impl<T: N + ?Sized> N for Box<T> { fn n(&self) -> u32 { (**self).n() } }

fn run() {
    refill();
    looped();
    matched(Some(Box::new((D("a"), D("b")))));
    matched(None);
    either(Box::new(E::Left(D("left"))));
    either(Box::new(E::Right { d: D("right"), n: 2 }));
    nested();
    { let t = Box::new((D("t0"), D("t1"))); let f = move || { let second = t.1; println!("tuple {}", second.0); drop(t.0); }; f(); }
    early(true);
    early(false);
    let (mut x, mut y) = (Box::new(D("one")), Box::new(D("two")));
    core::mem::swap(&mut *x, &mut *y);
    println!("swap {} {}", x.0, y.0);
    drop(y);
    drop(x);
    let mut p: Pin<Box<u32>> = Box::pin(5);
    let before = *p;
    p.set(6);
    println!("pinned {} {}", before, *p);
    let (r, a): (Rc<dyn N>, Arc<dyn N + Send + Sync>) = (Rc::new(2u32), Arc::new(3u32));
    println!("dyn rc {} arc {}", r.n(), a.n());
    let all: Vec<Box<dyn N>> = Vec::from([Box::new(1u32) as Box<dyn N>, Box::new(Box::new(2u32)), Box::new(3u32), Box::new(4u32)]);
    let boxed: Box<[u32]> = (1..=3).collect();
    println!("sum {} collected {}", all.iter().map(|b| b.n()).sum::<u32>(), boxed.into_iter().sum::<u32>());
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    run();
    println!("live {}", rt::live());
    0
}
