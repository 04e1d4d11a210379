//@ run-pass
// macro_rules: repetition, nesting, recursion, several arms, hygiene of locals.
//> 6
//> 9
//> 3
//> 11
//> 14
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

macro_rules! sum { () => { 0 }; ($x:expr $(, $rest:expr)* $(,)?) => { $x + sum!($($rest),*) }; }
macro_rules! max { ($a:expr) => { $a }; ($a:expr, $($r:expr),+) => { { let x = $a; let y = max!($($r),+); if x > y { x } else { y } } }; }
macro_rules! make { ($($name:ident : $t:ty = $v:expr;)*) => { $(#[allow(non_snake_case)] fn $name() -> $t { $v })* }; }
macro_rules! using { ($v:ident, $e:expr) => { { let $v = 10; let hidden = 99; let _ = hidden; $e } }; }
make! { one: i64 = 1; two: i64 = one() + 1; }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(sum!(1, 2, 3,) + sum!());
    let x = 5;
    rt::num(max!(x, 9, 2));
    rt::num(one() + two());
    let hidden = 1;
    rt::num(using!(v, v + hidden));
    rt::num(sum!(2 * 3, 1) * 2);
    0
}
