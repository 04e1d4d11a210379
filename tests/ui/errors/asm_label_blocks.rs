//@ check-fail
// Blocks of labels are safe code again, and values of the function around them.
#![no_std]
#![crate_type = "lib"]
use core::arch::asm;

unsafe fn danger() {}

pub fn blocks() {
    unsafe {
        asm!("jmp {}", label {
            danger(); //~ ERROR call to unsafe function [E0133]
        });
        asm!("jmp {}", label { unsafe { danger() } });
    }
}

pub fn types() -> u8 {
    unsafe {
        asm!("jmp {}", label {
            1u8 //~ ERROR mismatched types [E0308]
        });
        asm!("jmp {}", label { break }); //~ ERROR outside of a loop [E0268]
        asm!("jmp {}", label { return 1; }, options(noreturn))
    }
}
