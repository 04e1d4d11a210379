//@ check-fail
// Lints on labels: names, which inlining would define twice, and numbers that look binary.
#![no_std]
#![crate_type = "lib"]
use core::arch::{asm, naked_asm};

pub fn names() {
    unsafe {
        asm!("start: nop"); //~ ERROR avoid using named labels [named_asm_labels]
        asm!("2: nop", "jmp 2b");
        asm!(
            "nop",
            "a{}b: nop", //~ ERROR avoid using named labels [named_asm_labels]
            const 1
        );
        asm!("nop // no: label");
        asm!("mov rax, fs:[0]", out("rax") _);
    }
}

pub fn digits() {
    unsafe {
        asm!("01: jmp 01b"); //~ ERROR avoid using labels containing only the digits [binary_asm_labels]
        asm!("01: jmp 01b", options(att_syntax));
    }
}

#[allow(named_asm_labels)]
pub fn allowed() {
    unsafe { asm!("start: nop") };
}

#[unsafe(naked)]
pub extern "C" fn once() {
    naked_asm!("start: jmp start")
}

#[unsafe(naked)]
pub extern "C" fn often<const N: usize>() {
    naked_asm!("start: jmp start") //~ ERROR avoid using named labels [named_asm_labels]
}
