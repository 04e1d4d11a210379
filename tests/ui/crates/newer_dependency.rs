//@ check-fail
//@ aux-build: versioned_a.rs
//@ aux-build: versioned_user.rs
//@ aux-build: versioned_b.rs
// A dependency's dependency was compiled anew, from something else.
#![no_std]
extern crate versioned;
extern crate versioned_user; //~ ERROR found possibly newer version of crate `versioned` which `versioned_user` depends on [E0460]
