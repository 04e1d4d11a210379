//@ run-pass
// A user iterator with adapters and consumers.
//> 56
//> 50
//> 4
//> 3
//> 8
//> 4
//> 105
//> 206
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct Count { n: i64 }
impl Iterator for Count { type Item = i64; fn next(&mut self) -> Option<i64> { if self.n < 6 { self.n += 1; Some(self.n) } else { None } } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(Count { n: 0 }.map(|x| x * x).filter(|x| x % 2 == 0).fold(0, |a, b| a + b));
    rt::num(Count { n: 0 }.zip(Count { n: 2 }).map(|(a, b)| a * b).sum());
    rt::num(Count { n: 0 }.skip(2).take(2).last().unwrap_or(0));
    rt::num(Count { n: 0 }.position(|x| x == 4).unwrap_or(99) as i64);
    rt::num(Count { n: 0 }.chain(Count { n: 4 }).count() as i64);
    for (i, v) in (Count { n: 3 }).enumerate() { rt::num(i as i64 * 100 + v); }
    0
}
