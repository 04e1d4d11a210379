//@ run-fail
//@ exit-code: 101
// unwrap of None reaches the panic handler.
//> before
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let o: Option<i64> = if rt::exit as usize == 0 { Some(1) } else { None };
    rt::line("before");
    rt::num(o.unwrap());
    0
}
