//@ run-pass
// Locals drop in reverse order of declaration; shadowed ones too.
//> drop 4
//> end
//> drop 3
//> drop 2
//> drop 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

struct D(i64);
impl Drop for D { fn drop(&mut self) { rt::show("drop", self.0); } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let _a = D(1);
    let _b = D(2);
    let _a = D(3);
    let _ = D(4);
    rt::line("end");
    0
}
