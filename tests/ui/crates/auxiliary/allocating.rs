//@ edition: 2018
// A library with alloc, the program's allocator and its panic handler.
#![no_std]
extern crate alloc;
use alloc::{boxed::Box, string::String, vec::Vec};
#[path = "../../support/rt_alloc.rs"]
pub mod rt;
pub fn words(s: &str) -> Vec<String> { s.split(' ').map(String::from).collect() }
pub fn adder(n: i32) -> Box<dyn Fn(i32) -> i32> { Box::new(move |x| x + n) }
