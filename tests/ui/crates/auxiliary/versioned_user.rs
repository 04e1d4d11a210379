#![no_std]
extern crate versioned;
pub fn value() -> u32 { versioned::value() }
