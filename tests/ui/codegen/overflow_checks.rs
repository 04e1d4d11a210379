//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C overflow-checks=on
// Checked addition is the overflow intrinsic and a call to the panic function.
// CHECK-LABEL: define {{.*}}@add
// CHECK: @llvm.uadd.with.overflow.i32
// CHECK: panic_const_add_overflow
#![no_std]
#![crate_type = "lib"]

#[no_mangle]
pub extern "C" fn add(a: u32, b: u32) -> u32 {
    a + b
}
