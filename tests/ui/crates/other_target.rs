//@ check-fail
//@ skip-oracle: the reference has no core for the other target
//@ aux-build: other_target.rs
#![no_std]
extern crate other_target; //~ ERROR couldn't find crate `other_target` with expected target triple x86_64-unknown-linux-gnu [E0461]
