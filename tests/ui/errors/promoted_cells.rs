//@ build-fail
//@ compile-flags: --crate-type lib
// A constant is promoted by its value; one that came by a cell without its initialiser showing is no value that may be shared.
#![no_std]
use core::{cell::Cell, mem::ManuallyDrop};
#[repr(C)]
struct S { x: u32, y: E }
#[repr(u32)]
#[allow(dead_code)]
enum E { A, B(U) }
union U { #[allow(dead_code)] cell: ManuallyDrop<Cell<u32>> }
const C: S = {
    let mut s = S { x: 0, y: E::A };
    let p = &mut s.x as *mut u32;
    unsafe { *p.add(1) = 1 };
    s
};
#[inline(never)]
pub fn shared() { //~ ERROR in read-only memory [E0080]
    let _: &'static S = &C;
}
