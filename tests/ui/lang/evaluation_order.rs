//@ run-pass
// Operands, arguments and fields are evaluated left to right.
//> 1
//> 2
//> 3
//> 123
//> 4
//> 5
//> 1
//> 6
//> 1
//> 7
//> 8
//> 8
//> 6
//> 0
//> 0
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn t(n: i64) -> i64 { rt::num(n); n }
struct P { a: i64, b: i64 }
fn three(a: i64, b: i64, c: i64) -> i64 { a * 100 + b * 10 + c }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(three(t(1), t(2), t(3)));
    let p = P { b: t(4), a: t(5) };
    rt::num(p.a - p.b);
    let mut arr = [0; 3];
    arr[t(1) as usize] = t(6);
    rt::num((t(7), t(8)).1);
    rt::num(arr[1]);
    let _ = t(0) == 1 && t(9) == 9;
    let _ = t(0) == 0 || t(9) == 9;
    0
}
