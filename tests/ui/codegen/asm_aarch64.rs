//@ filecheck
//@ emit: asm
//@ compile-flags: --target aarch64-unknown-none -O
// Operand classes and modifiers of AArch64, labels, and structs in registers.
#![no_core]
#![feature(no_core, lang_items, rustc_attrs)]
#![crate_type = "lib"]
#[lang = "pointee_sized"] pub trait PointeeSized {}
#[lang = "meta_sized"] pub trait MetaSized: PointeeSized {}
#[lang = "sized"] pub trait Sized: MetaSized {}
#[lang = "copy"] pub trait Copy {}
impl Copy for u8 {}
impl Copy for u32 {}
impl Copy for u64 {}
impl Copy for f32 {}
impl Copy for f64 {}
#[rustc_builtin_macro] macro_rules! asm { () => {}; }

// CHECK-LABEL: general:
// CHECK: add x0, x0, x1
// CHECK: add w{{[0-9]+}}, w{{[0-9]+}}, #1
#[no_mangle]
pub unsafe fn general(mut a: u64, b: u64) -> u64 {
    asm!("add {0}, {0}, {1}", "add {0:w}, {0:w}, #1", inout(reg) a, in(reg) b);
    a
}

// CHECK-LABEL: vector:
// CHECK: fadd s0, s0, s1
#[no_mangle]
pub unsafe fn vector(mut a: f32, b: f32) -> f32 {
    asm!("fadd {0:s}, {0:s}, {1:s}", inout(vreg) a, in(vreg) b);
    a
}

// CHECK-LABEL: byte:
// CHECK: mov v{{[0-9]+}}.8b, v{{[0-9]+}}.8b
#[no_mangle]
pub unsafe fn byte(mut a: u8) -> u8 {
    asm!("mov {0:v}.8b, {0:v}.8b", inout(vreg) a);
    a
}

// CHECK-LABEL: fixed:
// CHECK: svc #0
#[no_mangle]
pub unsafe fn fixed(n: u64) -> u64 {
    let r: u64;
    asm!("svc #0", in("x8") n, lateout("x0") r, options(nostack));
    r
}

// CHECK-LABEL: branch:
// CHECK: cbz x{{[0-9]+}}, [[TARGET:.LBB[0-9_]+]]
// CHECK: [[TARGET]]:
#[no_mangle]
pub unsafe fn branch(x: u64) -> u64 {
    asm!("cbz {}, {}", in(reg) x, label { return 1; });
    2
}

#[repr(C)] pub struct Floats { a: f64, b: f64, c: f64 }
// CHECK-LABEL: structs:
// CHECK: fmov d0, d2
// CHECK-NEXT: ret
#[no_mangle]
pub extern "C" fn structs(x: Floats) -> f64 { x.c }
