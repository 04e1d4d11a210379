//@ run-pass
// `impl Trait` in argument and return position.
//> 20
//> 11
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn evens(limit: i64) -> impl Iterator<Item = i64> { (0..limit).filter(|x| x % 2 == 0) }
fn sum(it: impl Iterator<Item = i64>) -> i64 { let mut s = 0; for x in it { s += x; } s }
fn adder(n: i64) -> impl Fn(i64) -> i64 { move |x| x + n }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(sum(evens(10)));
    rt::num(adder(5)(6));
    0
}
