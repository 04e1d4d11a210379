//@ run-pass
// A by-value array iterator drops what was not taken.
//> got 1
//> drop 1
//> drop 2
//> drop 3
//> drop 4
//> end
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    for d in [D(1), D(2), D(3), D(4)] { if d.0 == 2 { break; } rt::show("got", d.0); }
    rt::line("end");
    0
}
