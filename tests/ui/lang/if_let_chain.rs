//@ run-pass
//@ edition: 2024
// `if let`, `else if let`, let chains (edition 2024).
//> 12
//> 3
//> -1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn classify(a: Option<i64>, b: Option<i64>) -> i64 {
    if let Some(x) = a && let Some(y) = b && x < y { x * 10 + y } else if let Some(x) = a { x } else { -1 }
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(classify(Some(1), Some(2)));
    rt::num(classify(Some(3), Some(2)));
    rt::num(classify(None, Some(2)));
    0
}
