//@ run-pass
// Edition 2021 closures capture fields, not whole variables.
//> 100
//> 7
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct S { a: i64, b: i64 }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut s = S { a: 1, b: 2 };
    let r = &mut s.b;
    let get = || s.a * 100;
    *r += 5;
    rt::num(get());
    rt::num(s.b);
    0
}
