//@ filecheck
//@ emit: llvm-ir
// A naked function is assembly of the module in a section of its own, exported when it has a name of its own; nothing is put around it.
// CHECK: module asm ".intel_syntax"
// CHECK: module asm ".pushsection .text.exported,\22ax\22, @progbits"
// CHECK: module asm ".globl exported"
// CHECK: module asm ".type exported, @function"
// CHECK: module asm "exported:"
// CHECK: module asm "ret"
// CHECK: module asm ".size exported, . - exported"
// CHECK: module asm ".popsection"
// CHECK: module asm ".att_syntax"
// CHECK: module asm ".pushsection .init.text,\22ax\22, @progbits"
// CHECK: module asm "in_section:"
// CHECK-NOT: define {{.*}}@exported
#![no_std]
#![crate_type = "lib"]
use core::arch::naked_asm;

#[unsafe(naked)]
#[unsafe(no_mangle)]
pub extern "C" fn exported() {
    naked_asm!("ret")
}

#[unsafe(naked)]
#[unsafe(no_mangle)]
#[unsafe(link_section = ".init.text")]
pub extern "C" fn in_section() {
    naked_asm!("ret", options(att_syntax))
}
