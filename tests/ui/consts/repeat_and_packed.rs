//@ run-pass
// Constant arrays of any number of nothing, and of many somethings; the alignment of unsized tails in packed types.
//> 18446744073709551615
//> 9 9 100000
//> 3 3 1
//> 1 5
//> 2 6
#![no_std]
#![no_main]
#![feature(layout_for_ptr, ptr_metadata)]
#[path = "../support/rt.rs"]
mod rt;

use core::{mem, ptr};

const UNITS: &[()] = &[(); usize::MAX];
static MANY: [(u32, &u8); 100_000] = [(9, &3); 100_000];
#[repr(C, packed)]
struct Packed { tag: u8, tail: [u32] }
#[repr(C, packed(2))]
struct Packed2 { tag: u8, tail: [u32] }

const fn layout<T: ?Sized + ptr::Pointee<Metadata = usize>>(count: usize) -> (usize, usize) {
    let storage = [0u64; 4];
    let p: *const T = ptr::from_raw_parts(&raw const storage, count);
    unsafe { (mem::align_of_val_raw(p), mem::size_of_val_raw(p)) }
}
const ONE: (usize, usize) = layout::<Packed>(1);
const TWO: (usize, usize) = layout::<Packed2>(1);

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::line(if UNITS.len() == usize::MAX { "18446744073709551615" } else { "?" });
    rt::put_num(MANY[0].0 as i64); rt::put(" "); rt::put_num(MANY[99_999].0 as i64); rt::put(" "); rt::num(MANY.len() as i64);
    rt::put_num(*MANY[1].1 as i64); rt::put(" "); rt::put_num(*MANY[65_535].1 as i64); rt::put(" "); rt::num(ptr::eq(MANY[0].1, MANY[77_777].1) as i64);
    rt::put_num(ONE.0 as i64); rt::put(" "); rt::num(ONE.1 as i64);
    rt::put_num(TWO.0 as i64); rt::put(" "); rt::num(TWO.1 as i64);
    0
}
