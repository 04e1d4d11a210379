//@ run-pass
// Shadowing, block values, nested functions and items in blocks.
//> 45
//> 3
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let x = 1i64;
    let x = { let x = x + 1; x * 10 };
    fn double(n: i64) -> i64 { n * 2 }
    const K: i64 = 5;
    rt::num(double(x) + K);
    {
        struct Local(i64);
        impl Local { fn get(&self) -> i64 { self.0 } }
        rt::num(Local(3).get());
    }
    0
}
