//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -Zcf-protection=branch
// -Zcf-protection=branch marks the module.
// CHECK: !"cf-protection-branch", i32 1
#![no_std]
#![crate_type = "lib"]

#[no_mangle]
pub extern "C" fn f(x: u32) -> u32 {
    x + 1
}
