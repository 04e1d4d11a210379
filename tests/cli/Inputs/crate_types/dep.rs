#![no_std]
#[panic_handler] fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }
#[no_mangle] pub extern "C" fn of_dependency() -> i32 { 42 }
#[inline(never)] pub fn triple(a: i32) -> i32 { a.wrapping_mul(3) }
