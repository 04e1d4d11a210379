//@ check-fail
//@ aux-build: archive_only.rs
#![no_std]
extern crate archive_only; //~ ERROR found staticlib `archive_only` instead of rlib or dylib [E0462]
