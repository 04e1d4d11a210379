//@ proc-macro: kinds.rs
// Uses proc macros itself, and passes them on.
#![no_std]
pub use kinds::same;
#[macro_export]
macro_rules! number { () => { $crate::same!(30 + 12) } }
#[derive(kinds::Input)]
pub struct Derived;
pub const STAMP: u64 = kinds::stamp!() ^ kinds::stamp!();
#[no_mangle]
pub extern "C" fn stamp_in_object() -> u64 { STAMP }
