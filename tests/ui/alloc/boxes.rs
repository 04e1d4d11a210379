//@ run-pass
// Boxes: moves out of them, partial moves, drops, coercions to dyn and slices, closures called by value, recursion, patterns.
//> 7 7
//> moved a, rest b
//> drop b
//> drop a
//> drop whole
//> drop inner
//> half taken: x
//> drop y
//> end of half
//> drop x
//> area 12 0
//> once 42 captured
//> fn 3 mut 6
//> slice [1, 2, 3] 3
//> str hello
//> list 1 2 3 
//> any i32 5 str none
//> swapped 2 1
//> conditional true
//> drop kept
//> conditional false
//> drop gone
//> raw 99
//> zst 0
//> live 0
#![no_std]
#![no_main]
extern crate alloc;
use alloc::boxed::Box;
#[path = "../support/rt_alloc.rs"]
mod rt;

struct D(&'static str);
impl Drop for D { fn drop(&mut self) { println!("drop {}", self.0); } }

struct Pair { a: D, b: D }

trait Shape { fn area(&self) -> u32; fn consume(self: Box<Self>) -> u32; }
struct Rect(u32, u32);
impl Shape for Rect {
    fn area(&self) -> u32 { self.0 * self.1 }
    fn consume(self: Box<Self>) -> u32 { let Rect(a, b) = *self; a.wrapping_sub(b).min(0) }
}

enum List { Nil, Cons(i32, Box<List>) }
fn show(l: &List) { let mut l = l; while let List::Cons(v, next) = l { rt_put(*v); l = next; } println!(""); }
fn rt_put(v: i32) { use core::fmt::Write; let _ = write!(rt::Out, "{} ", v); }

fn half(flag: bool) -> Option<D> {
    let b = Box::new(Pair { a: D("x"), b: D("y") });
    let taken = if flag { Some(b.a) } else { None };
    println!("half taken: {}", taken.as_ref().map_or("none", |d| d.0));
    taken
}

fn conditional(keep: bool) -> Option<Box<D>> {
    let b = Box::new(D(if keep { "kept" } else { "gone" }));
    println!("conditional {}", keep);
    if keep { return Some(b); }
    None
}

fn run() {
    let b = Box::new(7u64);
    println!("{} {}", b, *b);
    {
        let p = Box::new(Pair { a: D("a"), b: D("b") });
        let a = p.a;
        println!("moved {}, rest {}", a.0, p.b.0);
        drop(p.b);
    }
    {
        let whole = Box::new((D("whole"), Box::new(D("inner"))));
        let unboxed = *whole;
        let (w, i) = unboxed;
        drop(w);
        drop(*i);
    }
    let t = half(true);
    println!("end of half");
    drop(t);
    let s: Box<dyn Shape> = Box::new(Rect(3, 4));
    println!("area {} {}", s.area(), s.consume());
    let text = Box::new("captured");
    let f: Box<dyn FnOnce(i32) -> (i32, &'static str)> = Box::new(move |x| (x + 2, *text));
    let (n, c) = f(40);
    println!("once {} {}", n, c);
    let g: Box<dyn Fn(i32) -> i32> = Box::new(|x| x + 1);
    let mut sum = 0;
    { let mut h: Box<dyn FnMut(i32)> = Box::new(|x| sum += x); h(2); h(4); }
    println!("fn {} mut {}", g(2), sum);
    let sl: Box<[i32]> = Box::new([1, 2, 3]);
    println!("slice {:?} {}", sl, sl.len());
    let st: Box<str> = Box::from("hello");
    println!("str {}", st);
    let l = List::Cons(1, Box::new(List::Cons(2, Box::new(List::Cons(3, Box::new(List::Nil))))));
    use core::fmt::Write;
    let _ = write!(rt::Out, "list ");
    show(&l);
    let any: Box<dyn core::any::Any> = Box::new(5i32);
    match any.downcast::<i32>() { Ok(v) => println!("any i32 {} str {}", v, "none"), Err(_) => println!("no") }
    let (mut x, mut y) = (Box::new(1), Box::new(2));
    core::mem::swap(&mut x, &mut y);
    println!("swapped {} {}", x, y);
    drop(conditional(true));
    drop(conditional(false));
    let raw = Box::into_raw(Box::new(99u8));
    println!("raw {}", unsafe { *Box::from_raw(raw) });
    println!("zst {}", core::mem::size_of_val(&*Box::new(())));
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    run();
    println!("live {}", rt::live());
    0
}
