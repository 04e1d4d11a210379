//@ check-fail
//@ compile-flags: --crate-type lib
// Mistakes in the arguments of asm! and global_asm!.
#![no_std]
use core::arch::{asm, global_asm};
unsafe fn f() { unsafe {
  asm!(); //~ ERROR
  asm!("{}"); //~ ERROR
  asm!("{a}", a = in(reg) 1, b = in(reg) 2); //~ ERROR
  asm!("", foo); //~ ERROR
  asm!("", options(foo)); //~ ERROR
  asm!("", in(reg) _); //~ ERROR
  asm!("{0}", in("eax") 1); //~ ERROR
  asm!("", options(nomem, readonly)); //~ ERROR
  asm!("", options(pure)); //~ ERROR
  asm!("{}", in(reg) 1, x = const 2); //~ ERROR
} }
global_asm!("", in(reg) 1); //~ ERROR
