//@ run-pass
// Function pointers, references to statics and trait objects inside constants and statics.
//> 109
//> 1109
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

trait Op: Sync { fn run(&self, x: i64) -> i64; }
struct Add(i64);
impl Op for Add { fn run(&self, x: i64) -> i64 { x + self.0 } }
static BASE: Add = Add(100);
static OPS: [&dyn Op; 2] = [&BASE, &Add(7)];
const F: [fn(i64) -> i64; 2] = [inc, dec];
fn inc(x: i64) -> i64 { x + 1 }
const fn dec(x: i64) -> i64 { x - 1 }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(OPS[0].run(1) + OPS[1].run(1));
    rt::num(F[0](10) * 100 + F[1](10));
    0
}
