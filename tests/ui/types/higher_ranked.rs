//@ run-pass
// Higher-ranked bounds and closures over references.
//> 3
//> 50
//> 9
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn with<F>(f: F) -> i64 where F: for<'a> Fn(&'a [i64]) -> &'a i64 { let a = [1, 2, 3]; *f(&a) }
fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C { move |x| g(f(x)) }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(with(|s| &s[2]));
    rt::num(compose(|x: i64| x + 1, |y: i64| y * 10)(4));
    let f: &dyn Fn(&i64) -> i64 = &|x| *x + 1;
    rt::num(f(&8));
    0
}
