//@ run-pass
// Associated constants: trait defaults, overrides, dependent on parameters.
//> 312
//> 7
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

trait T { const A: i64; const B: i64 = Self::A * 2; }
struct X; struct Y;
impl T for X { const A: i64 = 1; }
impl T for Y { const A: i64 = 5; const B: i64 = 7; }
struct G<U>(U);
impl<U: T> G<U> { const SUM: i64 = U::A + U::B; const ARR: [i64; 2] = [U::A, U::B]; }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(G::<X>::SUM * 100 + G::<Y>::SUM);
    rt::num(G::<Y>::ARR[1]);
    0
}
