//@ run-pass
//@ aux-build: base.rs
//@ aux-build: left.rs
//@ aux-build: right-hand.rs
// Two crates that share a third: one copy of its state, one identity of its types, macros and re-exports through both.
//> 100 101 111
//> visible 3
//> (3, 4) (0, 0) true
//> 34 8 14 42
//> 7 base::deep::er loud true
//> 15 10 6 5
#![no_std]
#![no_main]
extern crate left;
extern crate right;
use base::Describe as _;
use right::base;
#[path = "../support/rt.rs"]
mod rt;
use core::sync::atomic::Ordering;

struct Out;
impl core::fmt::Write for Out {
    fn write_str(&mut self, s: &str) -> core::fmt::Result { rt::put(s); Ok(()) }
}
macro_rules! println { ($($t:tt)*) => {{ use core::fmt::Write; let _ = writeln!(Out, $($t)*); }}; }
unsafe extern "C" { fn base_answer() -> u32; }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let (a, b) = (left::step(), right::step());
    base::VISIBLE.fetch_add(1, Ordering::Relaxed);
    println!("{} {} {}", a, b, base::count());
    println!("visible {}", base::VISIBLE.load(Ordering::Relaxed));
    let p: left::Point = left::make();
    let q: base::Point = left::inner::origin();
    println!("({}, {}) ({}, {}) {}", p.x, p.y, q.x, q.y, q == base::Point::default());
    println!("{} {} {} {}", right::object(&p), <u8 as base::Describe>::KIND, 7u8.twice(), unsafe { base_answer() });
    println!("{} {} loud {}", right::deeper::VALUE, right::deeper::name(), right::LOUD);
    println!("{} {} {} {}", left::r#dyn(), right::apply(|x| x * 2), base::Cursor::new(&[1, 2, 3]).sum::<u8>(), right::apply(|x| x));
    0
}
