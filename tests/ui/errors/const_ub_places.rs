//@ check-fail
//@ compile-flags: --crate-type lib
// Undefined behaviour at compile time is found where it happens: reads of what is not aligned or not initialised, boxes that lead nowhere.
#![no_std]
extern crate alloc;
use alloc::boxed::Box;
use core::mem;

union MaybeUninit<T: Copy> { uninit: (), init: T }
pub enum E { A(u8), B }
pub trait Trait {}

pub const UNALIGNED_BOX: Box<u16> = unsafe { mem::transmute(&[0u8; 4]) }; //~ ERROR an unaligned box (required 2 byte alignment but found 1) [E0080]
pub const NULL_BOX: Box<u16> = unsafe { mem::transmute(0usize) }; //~ ERROR a null box [E0080]
pub const DANGLING_BOX: Box<u8> = unsafe { mem::transmute(1337usize) }; //~ ERROR a dangling box (0x539[noalloc] has no provenance) [E0080]
pub const LONG_BOX: Box<[u8]> = unsafe { mem::transmute((&42u8, 999usize)) }; //~ ERROR a dangling box [E0080]
pub const EMPTY_BOX: Box<[u16]> = unsafe { mem::transmute((2usize, 0usize)) };
pub const UNALIGNED_READ: u32 = unsafe {
    let x = &[0u8; 4];
    let p = x.as_ptr().cast::<u32>();
    *p //~ ERROR accessing memory based on pointer with alignment 1, but alignment 4 is required [E0080]
};
pub const UNALIGNED_WRITE: () = unsafe {
    let mut x = [0u16; 4];
    let p = &raw mut x as *mut u64;
    *p = 1; //~ ERROR accessing memory based on pointer with alignment 2, but alignment 8 is required [E0080]
};
pub const UNALIGNED_UNREAD: *const u32 = unsafe { let x = &[0u8; 4]; &raw const *x.as_ptr().cast::<u32>() };
pub const UNALIGNED_BY_BYTES: u32 = unsafe { x().as_ptr().cast::<u32>().read_unaligned() };
const fn x() -> &'static [u8; 4] { &[1; 4] }
pub const UNINIT: u8 = {
    let mut e = E::A(1);
    let p = if let E::A(x) = &mut e { x as *mut u8 } else { unreachable!() };
    e = E::B;
    let _ = &e;
    unsafe { *p } //~ ERROR memory is uninitialized [E0080]
};
pub const UNINIT_PART: (u8, u8) = {
    let x: (u8, MaybeUninit<u8>) = (1, MaybeUninit { uninit: () });
    (x.0, unsafe { x.1.init }) //~ ERROR memory is uninitialized [E0080]
};
pub const ADDRESS: usize = {
    let x = [&0];
    let p = &x as *const _ as *const usize;
    unsafe { *p } //~ ERROR unable to turn pointer into integer [E0080]
};
pub const NO_VTABLE: *const dyn Trait = unsafe { //~ ERROR constructing invalid value [E0080]
    mem::transmute::<_, &dyn Trait>((&92u8, 0usize))
};
pub static EMPTY: &mut [u8] = &mut []; //~ ERROR mutable borrows of temporaries [E0764]
