//@ run-pass
// `let .. else` binds or diverges.
//> 7
//> -1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn first(s: &[i64]) -> i64 {
    let [x, ..] = s else { return -1 };
    *x
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(first(&[7, 8]));
    rt::num(first(&[]));
    0
}
