//@ compile-flags: --target x86_64-unknown-none
#![no_std]
