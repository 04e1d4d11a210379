//@ aux-build: base.rs
//@ compile-flags: --crate-name right --cfg 'feature="loud"' -C metadata=abc -C overflow-checks=on
// Configured on its command line; its code checks arithmetic whatever its dependants do.
#![no_std]
pub extern crate base;
pub use base::deep::er as deeper;

pub fn step() -> u32 {
    base::VISIBLE.fetch_add(1, core::sync::atomic::Ordering::Relaxed);
    base::count_inline(0u8)
}
pub fn object(p: &dyn base::Object) -> u32 { p.id() }
#[cfg(feature = "loud")]
pub const LOUD: bool = true;
#[cfg(not(feature = "loud"))]
pub const LOUD: bool = false;
pub fn apply<F: FnOnce(u32) -> R, R>(f: F) -> R { f(5) }
