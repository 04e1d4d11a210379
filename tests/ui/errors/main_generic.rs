//@ check-fail
#![no_std]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}
fn main<T>() {} //~ ERROR `main` function is not allowed to have generic parameters [E0131]
