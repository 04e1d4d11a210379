//@ run-pass
// Mutual recursion and deep calls.
//> 1
//> 13
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn even(n: u32) -> bool { n == 0 || odd(n - 1) }
fn odd(n: u32) -> bool { n != 0 && even(n - 1) }
fn ack(m: u64, n: u64) -> u64 { match (m, n) { (0, n) => n + 1, (m, 0) => ack(m - 1, 1), (m, n) => ack(m - 1, ack(m, n - 1)) } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(even(1000) as i64);
    rt::num(ack(2, 5) as i64);
    0
}
