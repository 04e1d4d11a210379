//@ check-fail
#![no_std]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}
async fn main() {} //~ ERROR `main` function is not allowed to be `async` [E0752]
