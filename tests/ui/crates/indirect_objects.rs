//@ run-pass
//@ aux-build: through.rs
// The object of a crate that only another crate's code leads to is linked.
//> 21
#![no_std]
#![no_main]
extern crate through;
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let n = through::twice_counted();
    rt::put(if n == 21 { "21\n" } else { "another\n" });
    0
}
