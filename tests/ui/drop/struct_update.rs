//@ run-pass
// Struct update moves only the fields not given.
//> q 5
//> drop 3
//> drop 2
//> drop 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }
struct P { a: D, b: D }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let p = P { a: D(1), b: D(2) };
    let q = P { a: D(3), ..p };
    rt::show("q", q.a.0 + q.b.0);
    0
}
