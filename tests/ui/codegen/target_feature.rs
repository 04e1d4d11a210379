//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C target-feature=-sse3,+popcnt
// -C target-feature reaches every function.
// CHECK: "target-features"="{{.*}}-sse3,+popcnt
#![no_std]
#![crate_type = "lib"]

#[no_mangle]
pub extern "C" fn f(x: u32) -> u32 {
    x + 1
}
