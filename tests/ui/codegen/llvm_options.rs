//@ filecheck
//@ emit: asm
//@ compile-flags: -O -C no-prepopulate-passes -C llvm-args=--x86-asm-syntax=intel
// LLVM's own options are passed on, and its passes can be left out: the variable stays in memory.
// CHECK-LABEL: doubled:
// CHECK: mov {{.*}}[rsp
// CHECK: ret
#![no_std]
#![crate_type = "lib"]
#[unsafe(no_mangle)]
pub fn doubled(x: u64) -> u64 {
    let a = [x, x];
    let i = (x & 1) as usize;
    a[i].wrapping_mul(2)
}
