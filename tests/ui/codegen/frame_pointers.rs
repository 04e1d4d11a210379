//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C force-frame-pointers=y
// -C force-frame-pointers keeps the frame pointer.
// CHECK: "frame-pointer"="all"
#![no_std]
#![crate_type = "lib"]

#[no_mangle]
pub extern "C" fn f(x: u32) -> u32 {
    x + 1
}
