//@ compile-flags: --crate-name versioned
#![no_std]
pub fn value() -> u32 { 1 }
