// Macros whose output has what lints are about.
#![no_std]
#[macro_export]
macro_rules! reference { () => {{ static mut S: u32 = 1; unsafe { &mut S } }} }
#[macro_export]
macro_rules! pass { ($e:expr) => { $e } }
