//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C opt-level=2 -C no-prepopulate-passes
// The length of an array that became a slice decides branches, and what is only called on the way not taken is not made.
#![no_std]
#![crate_type = "lib"]

// CHECK-NOT: never_made
// CHECK: define{{.*}} @compared(
// CHECK-NOT: never_made

#[inline(never)]
fn never_made<const WHERE: u32>(x: u32) -> u32 {
    unsafe { core::ptr::read_volatile(&x) }
}

#[no_mangle]
pub fn compared(array: &[u8; 1000]) -> u32 {
    if !(array.len() == 1_000) { never_made::<0>(1) } else { 2 }
}

#[no_mangle]
pub fn named(array: &mut [u8; 8]) -> u32 {
    let slice: &mut [u8] = array;
    slice[0] = 1;
    let short = slice.len() < 3;
    if short {
        return never_made::<1>(1);
    }
    2
}

#[no_mangle]
pub fn matched(array: &[u8; 3]) -> u32 {
    let slice: &[u8] = array;
    match slice {
        [_] => never_made::<2>(1),
        [first, .., last] => (*first + *last) as u32,
        [] => never_made::<3>(3),
    }
}
