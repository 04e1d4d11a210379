//@ check-fail
// A function of that name elsewhere is no `main`, nor is something else of that name.
#![no_std]
mod inner {
    pub fn main() {}
}
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}
const main: u8 = 1; //~ ERROR `main` function not found in crate `main_missing` [E0601]
