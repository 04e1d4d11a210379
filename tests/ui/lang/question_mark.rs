//@ run-pass
// `?` on Result with a `From` conversion and on Option.
//> ok 3
//> err 500
//> 10
//> -1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct Small(i64);
struct Big(i64);
impl From<Small> for Big { fn from(s: Small) -> Big { Big(s.0 * 100) } }
fn inner(n: i64) -> Result<i64, Small> { if n > 3 { Err(Small(n)) } else { Ok(n) } }
fn outer(n: i64) -> Result<i64, Big> { let v = inner(n)?; Ok(v + 1) }
fn opt(a: &[i64], i: usize) -> Option<i64> { let x = a.get(i)?; Some(*x * 2) }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    match outer(2) { Ok(v) => rt::show("ok", v), Err(e) => rt::show("err", e.0) }
    match outer(5) { Ok(v) => rt::show("ok", v), Err(e) => rt::show("err", e.0) }
    rt::num(opt(&[4, 5], 1).unwrap_or(-1));
    rt::num(opt(&[4, 5], 9).unwrap_or(-1));
    0
}
