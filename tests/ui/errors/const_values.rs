//@ check-fail
// Final values of constants must be values of their types: the error stands at the constant.
#![no_std]
#![crate_type = "lib"]
use core::mem::{transmute, MaybeUninit};
use core::num::NonZeroU8;

#[repr(C)]
union U { n: u8, b: bool, unit: (), word: u32, u: MaybeUninit<u8> }
#[repr(u8)]
#[derive(Clone, Copy)]
enum E { A = 1, B = 2 }
enum Void {}
#[repr(C)]
struct Pair { a: u8, b: bool }

const BOOL: bool = unsafe { transmute(2u8) }; //~ ERROR [E0080]
const CHAR: char = unsafe { transmute(0xD800u32) }; //~ ERROR [E0080]
const TAG: E = unsafe { transmute(3u8) }; //~ ERROR [E0080]
const NONZERO: NonZeroU8 = unsafe { transmute(0u8) }; //~ ERROR [E0080]
const INNER: (u8, [Pair; 2]) = (1, [Pair { a: 1, b: true }, unsafe { transmute([1u8, 7]) }]); //~ ERROR [E0080]
const UNINIT: u8 = unsafe { MaybeUninit::uninit().assume_init() }; //~ ERROR [E0080]
const NULL: &i32 = unsafe { transmute(0usize) }; //~ ERROR [E0080]
const NO_PROVENANCE: &i32 = unsafe { transmute(16usize) }; //~ ERROR [E0080]
const UNALIGNED: &u32 = unsafe { &*(&[1u8, 2, 3, 4, 5, 6, 7, 8] as *const u8 as *const u32) }; //~ ERROR [E0080]
const TOO_FAR: &[u8; 8] = unsafe { &*(&1u32 as *const u32 as *const [u8; 8]) }; //~ ERROR [E0080]
const FUNCTION: fn() = unsafe { transmute(&1) }; //~ ERROR [E0080]
const TEXT: &str = unsafe { transmute::<&[MaybeUninit<u8>], _>(&[MaybeUninit::uninit()]) }; //~ ERROR [E0080]
const NOBODY: &Void = unsafe { transmute(&()) }; //~ ERROR [E0080]
const WIDE: &[u8] = unsafe { transmute((&1u8, usize::MAX)) }; //~ ERROR [E0080]
static STATIC: Option<bool> = unsafe { Some(transmute(9u8)) }; //~ ERROR [E0080]
static WORD: u32 = 1;
const MUT: &mut u32 = unsafe { &mut *(&raw const WORD as *mut u32) }; //~ ERROR [E0080]

const FINE: (U, MaybeUninit<bool>, *const u8, &[u8], &'static u32) =
    (U { unit: () }, MaybeUninit::uninit(), 16 as *const u8, &[], &WORD);
const DISCRIMINANT: E = E::B;
static mut COUNTER: &mut [i32] = &mut [1, 2];
const TO_MUT: *mut &mut [i32] = &raw mut COUNTER;
