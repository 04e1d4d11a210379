//@ build-fail
//@ aux-build: upstream.rs
//@ compile-flags: -C panic=abort
// A crate of compiler builtins cannot call a function that is in another crate's object.
#![feature(compiler_builtins)]
#![compiler_builtins]
#![no_builtins]
#![no_std]
#![crate_type = "lib"]

extern crate upstream;

#[no_mangle]
pub extern "C" fn calls() -> u32 { //~ ERROR cannot call functions through upstream monomorphizations
    upstream::returns()
}
