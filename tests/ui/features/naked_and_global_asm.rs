//@ run-pass
// global_asm! defines a symbol; a naked function is its assembly alone.
//> 7
//> 9
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::arch::{global_asm, naked_asm};
global_asm!(".globl ui_seven", "ui_seven:", "mov eax, 7", "ret");
unsafe extern "C" { fn ui_seven() -> i32; }
#[unsafe(naked)] extern "C" fn nine() -> i32 { naked_asm!("mov eax, 9", "ret") }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(unsafe { ui_seven() } as i64);
    rt::num(nine() as i64);
    0
}
