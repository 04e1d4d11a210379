//@ run-pass
// Edition 2021: temporaries of a tail expression die after the locals.
//> drop 1
//> drop 2
//> 2
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }
fn f() -> i64 { let _l = D(1); (&D(2)).0 }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(f());
    0
}
