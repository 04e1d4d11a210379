#![no_std]
mod inner { pub fn main() {} }
use inner::main;
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}
