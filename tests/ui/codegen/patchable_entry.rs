//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -Zpatchable-function-entry=16,10
// -Zpatchable-function-entry splits nops before and behind the entry.
// CHECK: "patchable-function-entry"="6"{{.*}}"patchable-function-prefix"="10"
#![no_std]
#![crate_type = "lib"]

#[no_mangle]
pub extern "C" fn f(x: u32) -> u32 {
    x + 1
}
