//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C no-redzone=y
// -C no-redzone takes the red zone away.
// CHECK: attributes #{{[0-9]+}} = {{.*}}noredzone
#![no_std]
#![crate_type = "lib"]

#[no_mangle]
pub extern "C" fn f(x: u32) -> u32 {
    x + 1
}
