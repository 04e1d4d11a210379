//@ check-fail
// Allocators are statics, and one is enough.
#![no_std]
#![no_main]
extern crate alloc;
use core::alloc::{GlobalAlloc, Layout};
struct A;
unsafe impl GlobalAlloc for A {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 { core::ptr::null_mut() }
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}
#[global_allocator]
fn f() {} //~ ERROR allocators must be statics
#[global_allocator]
static ONE: A = A;
#[global_allocator]
static TWO: A = A; //~ ERROR cannot define multiple global allocators
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! { loop {} }
