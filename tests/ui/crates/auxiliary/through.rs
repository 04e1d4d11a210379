//@ aux-build: leaves.rs
//@ edition: 2021
// Uses another crate in bodies only.
#![no_std]
extern crate leaves;
pub fn twice_counted() -> u32 { leaves::count() + leaves::count() }
#[inline]
pub fn inlined() -> u32 { leaves::count() * 100 }
