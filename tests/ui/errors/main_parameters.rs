//@ check-fail
#![no_std]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}
fn main<T>(_: u8) {} //~ ERROR `main` function has wrong type [E0580]
