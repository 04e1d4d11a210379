//@ run-pass
//@ edition: 2024
// Edition 2024: the scrutinee of `if let` is dropped before `else`.
//> 1
//> drop 1
//> drop 2
//> else
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }
fn o(d: &D, b: bool) -> Option<i64> { if b { Some(d.0) } else { None } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    if let Some(n) = o(&D(1), true) { rt::num(n); } else { rt::line("else"); }
    if let Some(n) = o(&D(2), false) { rt::num(n); } else { rt::line("else"); }
    0
}
