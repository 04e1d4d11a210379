//@ run-pass
// Diverging expressions fit every type; `!` in return position.
//> 1
//> 5
//> stop 3
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

fn stop(code: i64) -> ! { rt::show("stop", code); rt::exit(0) }
fn pick(b: bool) -> i64 { if b { 1 } else { stop(3) } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(pick(true));
    let x: i64 = match pick(true) { 1 => 5, _ => return 1 };
    rt::num(x);
    rt::num(pick(false));
    0
}
