//@ run-pass
// Tuples, nested access, unit structs, returning several values.
//> 32
//> 23
//> 0
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[derive(Clone, Copy)]
struct Unit;
fn divmod(a: i64, b: i64) -> (i64, i64) { (a / b, a % b) }
fn unit() {}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let (q, r) = divmod(17, 5);
    rt::num(q * 10 + r);
    let t = ((1, 2), [3, 4], Unit);
    rt::num(t.0.1 * 10 + t.1[0]);
    let Unit = t.2;
    let u: () = unit();
    rt::num(core::mem::size_of_val(&u) as i64 + core::mem::size_of::<Unit>() as i64);
    0
}
