//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -Zfunction-return=thunk-extern
// -Zfunction-return=thunk-extern replaces returns.
// CHECK: attributes #{{[0-9]+}} = {{.*}}fn_ret_thunk_extern
#![no_std]
#![crate_type = "lib"]

#[no_mangle]
pub extern "C" fn f(x: u32) -> u32 {
    x + 1
}
