//@ run-pass
// #[track_caller] hands the place of the call through.
//> 1
//> 2
//> 1
//> 1
//> 13
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::panic::Location;
#[track_caller] fn here() -> u32 { Location::caller().line() }
#[track_caller] fn through() -> u32 { here() }
fn not() -> u32 { here() }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let base = line!();
    rt::num((here() - base) as i64);
    rt::num((through() - base) as i64);
    rt::num((not() < base) as i64);
    let f: fn() -> u32 = here;
    rt::num((f() < base) as i64);
    rt::num(Location::caller().column() as i64);
    0
}
