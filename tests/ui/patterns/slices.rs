//@ run-pass
// Slice patterns with rests and bindings, arrays, nested.
//> 113
//> 2
//> 5
//> 12
//> 14
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn f(s: &[i64]) -> i64 { match s { [] => 0, [x] => *x, [a, b] => a * b, [first, .., last] if first == last => 100, [_, mid @ .., _] => mid.len() as i64 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(f(&[]) + f(&[7]) + f(&[2, 3]) + f(&[1, 9, 1]));
    rt::num(f(&[1, 2, 3, 4]));
    let [a, .., b] = [1, 2, 3, 4];
    rt::num(a + b);
    if let [x, rest @ ..] = &[5, 6, 7][..] { rt::num(x + rest[1]); }
    let [[a, _], [_, d]] = [[1, 2], [3, 4]];
    rt::num(a * 10 + d);
    0
}
