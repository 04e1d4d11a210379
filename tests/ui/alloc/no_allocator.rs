//@ check-fail
//@ error-without-place: no global memory allocator found but one is required
// A program that uses alloc needs a #[global_allocator].
#![no_std]
#![no_main]
extern crate alloc;
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! { loop {} }
