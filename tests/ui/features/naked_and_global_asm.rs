//@ run-pass
// global_asm! defines a symbol; its operands are constants and symbols. A naked function is its assembly alone.
//> 7
//> 9
//> 42
//> -5
//> 30
//> 8
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::arch::{global_asm, naked_asm};
global_asm!(".globl ui_seven", "ui_seven:", "mov eax, 7", "ret");
unsafe extern "C" {
    fn ui_seven() -> i32;
    fn ui_forty_two() -> i32;
    fn ui_minus_five() -> i32;
    fn ui_doubled() -> i32;
    fn ui_read() -> i32;
}
struct Outer { pad: [u8; 40], field: u16 }
const fn sum(a: &[i32]) -> i32 { let mut i = 0; let mut s = 0; while i < a.len() { s += a[i]; i += 1; } s }
trait Number { const N: i32; }
impl Number for u8 { const N: i32 = -5; }
extern "C" fn twice<T: Number>(x: i32) -> i32 { x * (T::N + 7) }
static SHARED: i32 = 8;
global_asm!(
    ".globl ui_forty_two", "ui_forty_two:", "mov eax, {0}", "add eax, {pad}", "ret",
    ".globl ui_minus_five", "ui_minus_five:", "mov eax, {n}", "ret",
    const core::mem::offset_of!(Outer, field) - 38,
    pad = const { sum(&[10, 20, 10]) } as u8,
    n = const <u8 as Number>::N,
);
global_asm!(
    ".globl ui_doubled", "ui_doubled:", "movl $15, %edi", "jmp {f}",
    ".globl ui_read", "ui_read:", "movl {s}(%rip), %eax", "ret",
    f = sym twice::<u8>, s = sym SHARED, options(att_syntax),
);
#[unsafe(naked)] extern "C" fn nine() -> i32 { naked_asm!("mov eax, 9", "ret") }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(unsafe { ui_seven() } as i64);
    rt::num(nine() as i64);
    rt::num(unsafe { ui_forty_two() } as i64);
    rt::num(unsafe { ui_minus_five() } as i64);
    rt::num(unsafe { ui_doubled() } as i64);
    rt::num(unsafe { ui_read() } as i64);
    0
}
