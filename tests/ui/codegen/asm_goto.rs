//@ filecheck
//@ emit: llvm-ir
// asm! with a label is a callbr whose indirect destination is the label's block.
// CHECK-LABEL: define {{.*}}@branch
// CHECK: callbr void asm sideeffect {{.*}}"r,!i
// CHECK-NEXT: to label %{{.*}} [label %{{.*}}]
#![no_std]
#![crate_type = "lib"]
use core::arch::asm;

#[no_mangle]
pub extern "C" fn branch(x: u64) -> bool {
    unsafe { asm!("test {0}, {0}", "jz {1}", in(reg) x, label { return false; }) }
    true
}
