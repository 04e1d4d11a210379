//@ run-fail
//@ exit-code: 101
// What no memory can be had for goes to the default handler, which panics with the size.
//> panic: memory allocation of 9223372036854775807 bytes failed
#![no_std]
#![no_main]
extern crate alloc;
#[path = "../support/rt_alloc.rs"]
mod rt;

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    let layout = core::alloc::Layout::array::<u8>(isize::MAX as usize).unwrap();
    alloc::alloc::handle_alloc_error(layout)
}
