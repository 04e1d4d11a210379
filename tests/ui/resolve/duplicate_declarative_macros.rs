//@ check-fail
// `macro` items are names of their module: two of one name conflict.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#![feature(decl_macro)]
macro m() {}
macro m() {}
//~^ ERROR [E0428]
