//@ filecheck
//@ emit: asm
//@ compile-flags: --target riscv64gc-unknown-none-elf -O
// Operand classes of RISC-V, labels, and structs in registers.
#![no_core]
#![feature(no_core, lang_items, rustc_attrs)]
#![crate_type = "lib"]
#[lang = "pointee_sized"] pub trait PointeeSized {}
#[lang = "meta_sized"] pub trait MetaSized: PointeeSized {}
#[lang = "sized"] pub trait Sized: MetaSized {}
#[lang = "copy"] pub trait Copy {}
impl Copy for u32 {}
impl Copy for u64 {}
impl Copy for f32 {}
impl Copy for f64 {}
#[rustc_builtin_macro] macro_rules! asm { () => {}; }

// CHECK-LABEL: general:
// CHECK: add a0, a0, a1
#[no_mangle]
pub unsafe fn general(mut a: u64, b: u64) -> u64 {
    asm!("add {0}, {0}, {1}", inout(reg) a, in(reg) b);
    a
}

// CHECK-LABEL: float:
// CHECK: fadd.d fa0, fa0, fa1
#[no_mangle]
pub unsafe fn float(mut a: f64, b: f64) -> f64 {
    asm!("fadd.d {0}, {0}, {1}", inout(freg) a, in(freg) b);
    a
}

// CHECK-LABEL: fixed:
// CHECK: ecall
#[no_mangle]
pub unsafe fn fixed(n: u64) -> u64 {
    let r: u64;
    asm!("ecall", in("a7") n, lateout("a0") r, options(nostack));
    r
}

// CHECK-LABEL: branch:
// CHECK: beqz a{{[0-9]+}}, [[TARGET:.LBB[0-9_]+]]
// CHECK: [[TARGET]]:
#[no_mangle]
pub unsafe fn branch(x: u64) -> u64 {
    asm!("beqz {}, {}", in(reg) x, label { return 1; });
    2
}

#[repr(C)] pub struct Mixed { a: f64, b: u32 }
// CHECK-LABEL: structs:
// CHECK: fmv.d fa0, fa1
#[no_mangle]
pub extern "C" fn structs(_: f64, x: Mixed) -> f64 { x.a }
