//@ run-pass
// Closures capture by reference, mutably and by move.
//> 23
//> 6
//> 42
//> 7
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn call<F: Fn(i64) -> i64>(f: F) -> i64 { f(1) + f(2) }
fn call_mut<F: FnMut()>(mut f: F) { f(); f(); f(); }
fn call_once<F: FnOnce() -> i64>(f: F) -> i64 { f() }
struct NoCopy(i64);

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let base = 10;
    rt::num(call(|x| x + base));
    let mut count = 0;
    call_mut(|| count += 2);
    rt::num(count);
    let owned = NoCopy(42);
    rt::num(call_once(move || owned.0));
    let add = |a: i64, b: i64| a + b;
    rt::num(add(3, 4));
    0
}
