//@ run-pass
// Bindings by value and reference, `@`, nested, match ergonomics.
//> 2
//> 15
//> -10
//> 13
//> 13
//> 7
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct P { x: i64, y: Option<i64> }
fn f(p: &P) -> i64 { match p { P { x: n @ 1..=3, .. } => *n, P { y: Some(v), x } => v + x, P { x, y: None } => -x } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(f(&P { x: 2, y: None }));
    rt::num(f(&P { x: 10, y: Some(5) }));
    rt::num(f(&P { x: 10, y: None }));
    let mut p = P { x: 1, y: Some(2) };
    match &mut p { P { y: Some(v), x } => { *v += 10; *x += *v; } _ => {} }
    rt::num(p.x);
    let P { ref x, y: ref mut z } = p;
    *z = Some(*x);
    rt::num(p.y.unwrap_or(0));
    let whole @ (a, _) = (3, 4);
    rt::num(whole.1 + a);
    0
}
