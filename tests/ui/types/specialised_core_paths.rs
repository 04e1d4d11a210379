//@ run-pass
// Core code that is specialised: fills, comparisons, zipped and fused iterators.
//> 112
//> 1
//> 1
//> 1
//> 10
//> 17
//> 1
//> 1
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut a = [1u8; 16];
    a.fill(7);
    rt::num(a.iter().map(|x| *x as i64).sum());
    rt::num((a == [7u8; 16]) as i64);
    rt::num((a[..3] < a[1..]) as i64);
    let mut f = a.iter().fuse();
    rt::num(f.next().is_some() as i64);
    rt::num(a.contains(&7) as i64 * 10 + a.contains(&8) as i64);
    a[3] = 1;
    a.sort_unstable();
    rt::num(a[0] as i64 * 10 + a[15] as i64);
    a.reverse();
    rt::num(a[15] as i64);
    rt::num(a.binary_search_by(|p| 7u8.cmp(p)).is_ok() as i64);
    0
}
