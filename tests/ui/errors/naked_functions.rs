//@ check-fail
//@ compile-flags: --crate-type lib
// A naked function is one naked_asm!, has plain parameters that it does not use, and few attributes.
#![no_std]
use core::arch::{asm, naked_asm};
#[unsafe(naked)] extern "C" fn good(_a: u32, _: u32) -> u32 { { naked_asm!("ret") } }
#[unsafe(naked)] extern "C" fn empty() {} //~ ERROR must contain a single [E0787]
#[unsafe(naked)] extern "C" fn twice() { naked_asm!(""); naked_asm!("") } //~ ERROR must contain a single [E0787]
#[unsafe(naked)] extern "C" fn not_naked_asm() { unsafe { asm!("ret", options(noreturn)) } } //~ ERROR the `asm!` macro is not allowed [E0787]
#[unsafe(naked)] extern "C" fn more() { let _x = 1; naked_asm!("ret") } //~ ERROR must contain a single [E0787]
#[unsafe(naked)] extern "C" fn pattern((_a, _b): (u8, u8)) { naked_asm!("ret") } //~ ERROR patterns not allowed
#[unsafe(naked)] extern "C" fn mutable(mut _a: u8) { naked_asm!("ret") } //~ ERROR patterns not allowed
#[unsafe(naked)]
extern "C" fn uses(a: u32) -> u32 { //~ ERROR must contain a single [E0787]
  a //~ ERROR referencing function parameters
}
#[unsafe(naked)]
#[inline] //~ ERROR incompatible with [E0736]
extern "C" fn inlined() { naked_asm!("ret") }
#[unsafe(naked)]
#[track_caller] //~ ERROR incompatible with [E0736]
#[cold]
fn tracked() { naked_asm!("ret") }
#[track_caller] //~ ERROR only be used with the Rust ABI [E0737]
extern "C" fn tracked_c() {}
fn elsewhere() { naked_asm!("ret") } //~ ERROR can only be used in functions marked
