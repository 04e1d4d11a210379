//@ run-pass
// const fn with loops, branches, arrays and structs, at compile time.
//> 34
//> 21
//> 8
//> 6765
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

const fn fib(n: usize) -> u64 { let (mut a, mut b) = (0u64, 1u64); let mut i = 0; while i < n { let t = a + b; a = b; b = t; i += 1; } a }
const TABLE: [u64; 10] = { let mut t = [0; 10]; let mut i = 0; while i < 10 { t[i] = fib(i); i += 1; } t };
struct P { x: i64, y: i64 }
impl P { const fn new(x: i64) -> P { P { x, y: x * 2 } } const fn sum(&self) -> i64 { self.x + self.y } }
const S: i64 = P::new(7).sum();
const LEN: usize = "hello".len() + [1, 2, 3].len();
static ARR: [u8; LEN] = [9; LEN];

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(TABLE[9] as i64);
    rt::num(S);
    rt::num(ARR.len() as i64);
    rt::num(const { fib(20) } as i64);
    0
}
