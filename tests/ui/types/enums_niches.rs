//@ run-pass
// Niche layouts: Option of references, NonZero, chars, bools, nested enums keep their size.
//> 8
//> 4
//> 5
//> 2
//> 16
//> 321
//> 1
//> 7
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::num::NonZeroU32;
enum Three { A(bool), B, C }
enum Big { X(u64), Y(u8), Z }
fn pick(t: &Three) -> i64 { match t { Three::A(true) => 1, Three::A(false) => 0, Three::B => 2, Three::C => 3 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    use core::mem::size_of;
    rt::num(size_of::<Option<&u8>>() as i64);
    rt::num(size_of::<Option<NonZeroU32>>() as i64);
    rt::num(size_of::<Option<char>>() as i64 + size_of::<Option<Option<bool>>>() as i64);
    rt::num(size_of::<Three>() as i64 + size_of::<Option<Three>>() as i64);
    rt::num(size_of::<Big>() as i64);
    rt::num(pick(&Three::A(true)) + pick(&Three::B) * 10 + pick(&Three::C) * 100);
    let o: Option<Option<bool>> = Some(None);
    rt::num(match o { None => 0, Some(None) => 1, Some(Some(_)) => 2 });
    match Big::X(7) { Big::X(v) => rt::num(v as i64), Big::Y(_) | Big::Z => rt::num(-1) }
    0
}
