//@ run-pass
// Arrays, enums, Option, nested structs and closures drop their contents.
//> drop 6
//> drop 4
//> drop 5
//> 10
//> drop 11
//> 1
//> drop 10
//> drop 7
//> drop 8
//> drop 9
//> drop 1
//> drop 2
//> drop 3
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }
enum E { One(D), Two { a: D, b: D }, None }
struct Outer { i: In, d: D }
struct In(D, D);

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let _arr = [D(1), D(2), D(3)];
    { let _e = E::Two { a: D(4), b: D(5) }; let _f = E::One(D(6)); let _g = E::None; }
    let _o = Outer { i: In(D(7), D(8)), d: D(9) };
    let d = D(10);
    { let c = move || d.0; rt::num(c()); }
    let mut opt = Some(D(11));
    opt = None;
    rt::num(opt.is_none() as i64);
    0
}
