//@ run-pass
// `const` operands that are pointers: to statics, into them, to functions, to promoted values and to nothing; in all three macros.
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;
use core::arch::{asm, global_asm, naked_asm};

static TABLE: [u32; 4] = [1, 2, 3, 4];
const THIRD: *const u32 = &raw const TABLE[2];
const NOTHING: *const u8 = core::ptr::null();
const FUNCTION: fn() -> u32 = seven;
const PROMOTED: &u32 = &99;

fn seven() -> u32 {
    7
}

global_asm!(
    ".pushsection .data.addresses,\"aw\"",
    ".globl addresses",
    "addresses:",
    ".quad {}",
    ".quad {}",
    ".quad {}",
    ".quad {}",
    ".popsection",
    const THIRD,
    const FUNCTION,
    const NOTHING,
    const PROMOTED,
);
unsafe extern "C" {
    static addresses: [usize; 4];
}

#[unsafe(naked)]
extern "C" fn third() -> *const u32 {
    naked_asm!("lea rax, [rip + {}]", "ret", const THIRD)
}

fn nth<const N: usize>() -> *const u32 {
    let p: *const u32;
    unsafe { asm!("lea {}, [rip + {}]", out(reg) p, const &raw const TABLE[N]) };
    p
}

#[unsafe(no_mangle)]
extern "C" fn main() -> i32 {
    unsafe {
        assert!(*third() == 3);
        assert!(*nth::<0>() == 1 && *nth::<3>() == 4);
        let all = &*(&raw const addresses);
        assert!(all[0] == THIRD as usize);
        assert!(core::mem::transmute::<usize, fn() -> u32>(all[1])() == 7);
        assert!(all[2] == 0);
        assert!(*(all[3] as *const u32) == 99);
    }
    0
}
