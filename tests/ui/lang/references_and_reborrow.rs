//@ run-pass
// Mutable references, reborrowing, references to references, auto-deref.
//> 11
//> 9
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct N { v: i64 }
impl N { fn add(&mut self, n: i64) -> &mut Self { self.v += n; self } fn get(&self) -> i64 { self.v } }
fn twice(n: &mut N) { n.add(1); bump(n); }
fn bump(n: &mut N) { n.v *= 2; }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut n = N { v: 1 };
    twice(&mut n);
    n.add(3).add(4);
    let r = &&&n;
    rt::num(r.get());
    let m = &mut n;
    let k = &mut *m;
    k.v = 0;
    m.v += 9;
    rt::num(n.v);
    0
}
