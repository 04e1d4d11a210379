//@ run-pass
// copy, write_bytes, swap, volatile, pointers: offset, distance, comparison.
//> 1
//> 1
//> 2
//> 3
//> 2
//> 77
//> 4
//> 67305986
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::ptr;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut a = [1u32, 2, 3, 4];
    unsafe { ptr::copy(a.as_ptr(), a.as_mut_ptr().add(1), 3) };
    for x in a { rt::num(x as i64); }
    let (x, y) = a.split_at_mut(2);
    x.swap_with_slice(y);
    rt::num(a[0] as i64);
    unsafe { ptr::write_bytes(a.as_mut_ptr(), 0, 2); ptr::write_volatile(&mut a[3], 77); }
    rt::num(a[1] as i64 + unsafe { ptr::read_volatile(&a[3]) } as i64);
    let p = a.as_ptr();
    let q = unsafe { p.add(3) };
    rt::num(unsafe { q.offset_from(p) } as i64 + (q > p) as i64);
    let bytes: [u8; 4] = 0x01020304u32.to_be_bytes();
    rt::num(bytes[0] as i64 + u32::from_le_bytes(bytes) as i64);
    0
}
