//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C opt-level=2 -C no-prepopulate-passes
// Where more than one length may reach a branch, both ways are made.
#![no_std]
#![crate_type = "lib"]

#[inline(never)]
fn is_made<const WHERE: u32>(x: u32) -> u32 {
    unsafe { core::ptr::read_volatile(&x) }
}

// CHECK-DAG: call{{.*}} @{{.*}}7is_madeKm0_
// CHECK-DAG: call{{.*}} @{{.*}}7is_madeKm1_
#[no_mangle]
pub fn either(a: &[u8; 2], b: &[u8; 3], first: bool) -> u32 {
    let slice: &[u8] = if first { a } else { b };
    if slice.len() == 2 { is_made::<0>(1) } else { is_made::<1>(2) }
}

// A slice that is changed where it lies.
// CHECK-DAG: call{{.*}} @{{.*}}7is_madeKm2_
// CHECK-DAG: call{{.*}} @{{.*}}7is_madeKm3_
#[no_mangle]
pub fn changed(a: &[u8; 2], change: fn(&mut &[u8])) -> u32 {
    let mut slice: &[u8] = a;
    change(&mut slice);
    if slice.len() == 2 { is_made::<2>(1) } else { is_made::<3>(2) }
}
