//@ run-pass
//@ edition: 2024
// Edition 2024: temporaries of a tail expression die before the locals.
//> drop 2
//> drop 1
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
