//@ run-pass
// asm!: in, out, inout, lateout, const, explicit registers, options.
//> 12
//> 48
//> 3
//> 9
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::arch::asm;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let mut a: u64 = 5;
    let b: u64;
    unsafe {
        asm!("add {0}, {1}", inout(reg) a, in(reg) 7u64);
        asm!("mov {0}, {1}", "shl {0}, {n}", out(reg) b, in(reg) a, n = const 2, options(pure, nomem, nostack));
    }
    rt::num(a as i64);
    rt::num(b as i64);
    let (lo, hi): (u64, u64);
    unsafe { asm!("mul {}", in(reg) 1u64 << 63, inlateout("rax") 6u64 => lo, lateout("rdx") hi, options(pure, nomem, nostack)) };
    rt::num(lo as i64 + hi as i64);
    let low: u8;
    unsafe { asm!("mov {0}, 9", out(reg_byte) low, options(nomem, nostack)) };
    rt::num(low as i64);
    0
}
