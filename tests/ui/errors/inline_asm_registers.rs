//@ check-fail
//@ compile-flags: --crate-type lib
// What the target and the types of operands decide, reported at the operand.
#![no_std]
use core::arch::{asm, global_asm};
static S: u8 = 0;
struct NotCopy(u8);
unsafe fn registers(mut x: u64) { unsafe {
  asm!("{}", in(foo) x); //~ ERROR invalid register class
  asm!("", in("foo") x); //~ ERROR invalid register
  asm!("", in("rsp") x); //~ ERROR the stack pointer
  asm!("", in("rbx") x); //~ ERROR cannot use register `rbx`
  asm!("", in("ah") 0u8); //~ ERROR cannot use register `ah`
  asm!("", in("st(2)") x); //~ ERROR can only be used as a clobber
  asm!("", in("eax") x, in("al") 1u8); //~ ERROR conflicts
  asm!("", in("eax") x, out("rax") x); //~ ERROR conflicts
  asm!("", in("eax") x, lateout("rax") x);
  asm!("", out("ymm3") _, out("xmm3") _); //~ ERROR conflicts
  asm!("{:z}", in(reg) x); //~ ERROR invalid asm template modifier
  asm!("{:x}", const 1); //~ ERROR not allowed for `const`
  asm!("", out("ax") _, clobber_abi("D")); //~ ERROR invalid ABI
  asm!("", clobber_abi("C", "sysv64")); //~ ERROR specified multiple times
  asm!("{:x}", sym registers); //~ ERROR not allowed for `sym`
} }
unsafe fn types(x: u64, w: *const [u8], f: f32) { unsafe {
  asm!("{}", in(reg) 0u8); //~ ERROR cannot be used with this register class
  asm!("{}", in(reg_byte) x); //~ ERROR cannot be used with this register class
  asm!("{}", in(xmm_reg) f);
  asm!("{}", in(ymm_reg) f); //~ ERROR requires the `avx` target feature
  asm!("{}", in(kreg) 0u16); //~ ERROR requires at least one of
  asm!("{}", in(reg) w); //~ ERROR unsized pointer
  asm!("{}", in(reg) NotCopy(1)); //~ ERROR cannot use value of type
  asm!("{}", in(reg) S); //~ ERROR cannot be used with this register class
  let y: u32;
  asm!("{}", inout(reg) x => y); //~ ERROR incompatible types
  asm!("{}", const 1.0f32); //~ ERROR invalid type for `const` operand
} }
#[target_feature(enable = "avx2")]
unsafe fn with_avx(f: f32) { unsafe { asm!("{}", in(ymm_reg) f) } }
global_asm!("/* {:x} */", const 1); //~ ERROR not allowed for `const`
