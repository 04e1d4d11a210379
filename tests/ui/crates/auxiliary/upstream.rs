#![no_std]
#![crate_type = "lib"]

#[inline(never)]
pub fn diverges() -> ! {
    loop {}
}

#[inline(never)]
pub fn returns() -> u32 {
    7
}

#[inline]
pub fn copied(x: u32) -> u32 {
    let y = &raw const x;
    unsafe { y.read_volatile() }
}
