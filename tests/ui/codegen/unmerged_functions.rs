//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -O -Zmerge-functions=disabled
// -Zmerge-functions=disabled leaves equal functions apart.
// CHECK-DAG: define {{.*}}@first(
// CHECK-DAG: define {{.*}}@second(
#![no_std]
#![crate_type = "lib"]

#[no_mangle]
pub fn first(x: &mut [u32; 3]) -> u32 {
    x[0] += 3;
    x[0] ^ x[1]
}

#[no_mangle]
pub fn second(x: &mut [u32; 3]) -> u32 {
    x[0] += 3;
    x[0] ^ x[1]
}
