//@ check-fail
//@ aux-build: lint_macros.rs
//@ compile-flags: --crate-type lib
// Lints say nothing of code that a macro of another crate wrote; of what it was given, and of this crate's macros, they do.
#![no_std]
#![deny(static_mut_refs)]
extern crate lint_macros;

static mut S: u32 = 1;

macro_rules! local { () => {{ static mut T: u32 = 1; unsafe { &mut T } }}; } //~ ERROR mutable reference to mutable static [static_mut_refs]

pub fn f() {
    let _a: &mut u32 = lint_macros::reference!();
    let _b: &mut u32 = lint_macros::pass!(unsafe { &mut S }); //~ ERROR mutable reference to mutable static [static_mut_refs]
    let _c: &mut u32 = local!();
}
