//@ filecheck
//@ emit: llvm-ir
//@ compile-flags: -C jump-tables=n
// -C jump-tables=n forbids jump tables.
// CHECK: "no-jump-tables"="true"
#![no_std]
#![crate_type = "lib"]

#[no_mangle]
pub extern "C" fn f(x: u32) -> u32 {
    x + 1
}
