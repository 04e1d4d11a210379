//@ filecheck
//@ emit: llvm-ir
// Statics: immutable ones are constants, mutable and interior-mutable ones are not; names, sections and `used` are kept.
// CHECK-DAG: @PLAIN = {{.*}}constant
// CHECK-DAG: @COUNT = {{.*}}global
// CHECK-DAG: @LICENSE = {{.*}}section ".modinfo"
// CHECK-DAG: @llvm.{{(compiler\.)?}}used = {{.*}}@LICENSE
#![no_std]
#![crate_type = "lib"]
use core::sync::atomic::AtomicU32;

#[no_mangle]
pub static PLAIN: u32 = 5;
#[no_mangle]
pub static COUNT: AtomicU32 = AtomicU32::new(1);
#[no_mangle]
#[used]
#[link_section = ".modinfo"]
pub static LICENSE: [u8; 4] = *b"GPL\0";
