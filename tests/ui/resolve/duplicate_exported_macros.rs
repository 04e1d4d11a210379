//@ check-fail
// Exported macro_rules are names of the crate root: two of one name conflict.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#[macro_export] macro_rules! x { () => {} }
#[macro_export] macro_rules! x { () => {} }
//~^ ERROR [E0428]
