//@ run-pass
//@ opt-levels: 0
// Pattern types leave niches: ranges with named, excluded and signed ends.
//> 4
//> 8
//> 2
//> 4
//> 1
#![feature(pattern_types, pattern_type_macro, pattern_type_range_trait, const_trait_impl)]
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::mem::size_of;
use core::pattern_type;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(size_of::<Option<pattern_type!(u32 is 0..u32::MAX)>>() as i64);
    rt::num(size_of::<Option<pattern_type!(u64 is 0..u64::MAX)>>() as i64);
    rt::num(size_of::<Option<pattern_type!(u16 is 3..=9)>>() as i64);
    rt::num(size_of::<Option<pattern_type!(i32 is ..-1 | 0..)>>() as i64);
    rt::num(size_of::<Option<pattern_type!(u8 is 1..)>>() as i64);
    0
}
