//@ run-pass
// Partially moved structs and tuples drop what is left.
//> eat 2
//> drop 2
//> after
//> x 4
//> drop 4
//> drop 5
//> drop 1
//> drop 3
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }
struct P { a: D, b: D, c: D }
fn eat(d: D) { rt::show("eat", d.0); }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let p = P { a: D(1), b: D(2), c: D(3) };
    eat(p.b);
    rt::line("after");
    let t = (D(4), D(5));
    let (x, _) = t;
    rt::show("x", x.0);
    0
}
