//@ run-pass
// Assignment to tuples, arrays, structs and `_`.
//> 21
//> 79
//> 34
//> 5
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct P { x: i64, y: i64 }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let (mut a, mut b) = (1, 2);
    (a, b) = (b, a);
    rt::num(a * 10 + b);
    [a, _, b] = [7, 8, 9];
    rt::num(a * 10 + b);
    P { x: a, y: b } = P { x: 3, y: 4 };
    rt::num(a * 10 + b);
    (a, ..) = (5, 6, 7);
    _ = b;
    rt::num(a);
    0
}
