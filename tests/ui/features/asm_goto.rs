//@ run-pass
// asm! with label operands: diverging and falling-through blocks.
//> 10
//> 33
//> 2
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

use core::arch::asm;
fn is_zero(x: u64) -> bool { unsafe { asm!("test {0}, {0}", "jz {1}", in(reg) x, label { return true; }) } false }
fn pick(x: u64) -> i64 {
    let mut r = 0;
    unsafe { asm!("cmp {x}, 1", "je {one}", "cmp {x}, 2", "je {two}", x = in(reg) x, one = label { r = 10; }, two = label { r = 20; }) };
    r + 1
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(is_zero(0) as i64 * 10 + is_zero(3) as i64);
    rt::num(pick(1) + pick(2) + pick(9));
    let mut n = 0;
    for i in 0..4u64 { if is_zero(i % 2) { n += 1; } }
    rt::num(n);
    0
}
