//@ check-fail
//@ aux-build: renamed.rs
//@ compile-flags: --crate-name renamed --crate-type lib
// Two crates whose symbols could not be told apart.
#![no_std]
extern crate renamed; //~ ERROR the current crate is indistinguishable from one of its dependencies [E0519]
