//@ run-pass
// Slices of arrays, ranges as indices, iteration by reference and by value.
//> 5
//> 3
//> 9
//> 3
//> 5
//> 30
//> 8
//> 10
//> 624
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn sum(s: &[i64]) -> i64 { let mut t = 0; for x in s { t += *x; } t }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut a = [1, 2, 3, 4, 5];
    rt::num(sum(&a[1..3]));
    rt::num(sum(&a[..2]));
    rt::num(sum(&a[3..]));
    rt::num(sum(&a[..=1]));
    rt::num(a.len() as i64);
    for x in a.iter_mut() { *x *= 2; }
    rt::num(sum(&a));
    for x in a { if x > 6 { rt::num(x); } }
    let (l, r) = a.split_at(2);
    rt::num(sum(l) * 100 + sum(r));
    0
}
