//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -O
// Functions that are equal are one, under all their names.
// CHECK: @second = unnamed_addr alias {{.*}}@first
// CHECK: define {{.*}}@first(
// CHECK-NOT: define {{.*}}@second(
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
