//@ filecheck
//@ emit: llvm-ir
// What a call clobbers is a discarded output where a value could be in the register, and a clobber where none could; the x87 stack is clobbered once.
// CHECK-LABEL: define {{.*}}@call
// CHECK: asm sideeffect alignstack inteldialect "", "=&{dx},={ax},={cx},={si},
// CHECK-SAME: ={xmm15},~{xmm16}
// CHECK-SAME: ~{k7},~{st},~{st(1)},~{st(2)},~{st(3)},~{st(4)},~{st(5)},~{st(6)},~{st(7)},~{tmm0}
// CHECK-LABEL: define {{.*}}@half
// CHECK: asm sideeffect alignstack inteldialect "{{.*}}", "=&x,0,{{.*}}"(<8 x i16>
#![no_std]
#![feature(f16)]
#![crate_type = "lib"]
use core::arch::asm;

#[unsafe(no_mangle)]
pub fn call() -> u32 {
    let x: u32;
    unsafe { asm!("", out("edx") x, clobber_abi("C")) };
    x
}

#[unsafe(no_mangle)]
pub fn half(mut x: f16) -> f16 {
    unsafe { asm!("/* {} */", inout(xmm_reg) x) };
    x
}
