//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -Ztune-cpu=generic
// -Ztune-cpu names the processor to schedule for.
// CHECK: "tune-cpu"="generic"
#![no_std]
#![crate_type = "lib"]

#[no_mangle]
pub extern "C" fn f(x: u32) -> u32 {
    x + 1
}
