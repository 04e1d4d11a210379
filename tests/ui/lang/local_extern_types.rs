//@ check-pass
//@ compile-flags: --crate-type lib
// Extern types of this crate get auto traits like its structs; late-bound lifetimes may be written in method calls, to no effect.
#![no_std]
#![feature(extern_types)]
unsafe extern "C" { pub type Opaque; }
unsafe impl Sync for Opaque {}
static BYTE: u8 = 1;
pub static REF: &Opaque = unsafe { &*(&raw const BYTE as *const Opaque) };
pub struct S;
impl S { pub fn late<'a>(&self, x: &'a u8) -> &'a u8 { x } }
#[allow(late_bound_lifetime_arguments)]
pub fn call(s: &S, x: &'static u8) -> u8 { *s.late::<'static>(x) }
