//@ filecheck
//@ emit: llvm-ir
//@ aux-build: upstream.rs
//@ compile-flags: -C panic=abort
// A crate of compiler builtins calls no function that is in another crate's object: where one does not return, it aborts. What it
// has a copy of is called.
// CHECK: define {{.*}}@calls(
// CHECK-NOT: call {{.*}}diverges
// CHECK: call {{.*}}copied
// CHECK-NOT: call {{.*}}diverges
// CHECK: call void @llvm.trap()
// CHECK-NEXT: unreachable
#![feature(compiler_builtins)]
#![compiler_builtins]
#![no_builtins]
#![no_std]
#![crate_type = "lib"]

extern crate upstream;

#[no_mangle]
pub extern "C" fn calls(x: u32) -> u32 {
    if upstream::copied(x) == 7 {
        upstream::diverges();
    }
    x
}
