//@ run-pass
// Non-capturing closures and functions become fn pointers.
//> 2
//> 81
//> 6
//> -5
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn apply(f: fn(i64) -> i64, x: i64) -> i64 { f(x) }
fn inc(x: i64) -> i64 { x + 1 }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(apply(inc, 1));
    rt::num(apply(|x| x * x, 9));
    let table: [fn(i64) -> i64; 2] = [inc, |x| -x];
    for f in table { rt::num(f(5)); }
    0
}
