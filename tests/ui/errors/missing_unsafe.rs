//@ check-fail
// Unsafe operations outside unsafe blocks.
#![no_std]
#![crate_type = "lib"]

unsafe fn danger() {}
static mut COUNT: u32 = 0;
unsafe extern "C" { fn ext(); }
union U { a: u8, b: i8 }
pub fn f(p: *const u8, u: U) -> u8 {
    danger();
    //~^ ERROR [E0133]
    COUNT += 1;
    //~^ ERROR [E0133]
    ext();
    //~^ ERROR [E0133]
    let _ = u.a;
    //~^ ERROR [E0133]
    *p
    //~^ ERROR [E0133]
}
