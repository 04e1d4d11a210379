//@ check-fail
//@ edition: 2021
//@ compile-flags: --crate-type lib
// The body of an unsafe function is safe code where the lint says so; an attribute decides, the nearest first.
#![no_std]
#![deny(unsafe_op_in_unsafe_fn)]

static mut S: u32 = 1;
pub union U { a: u32, b: f32 }
pub unsafe fn danger() {}
pub struct T;
impl T {
    pub unsafe fn method(&self, p: *const u8) -> u8 {
        danger(); //~ ERROR call to unsafe function `danger` is unsafe and requires unsafe block [E0133]
        self.method(p) //~ ERROR is unsafe and requires unsafe block [E0133]
    }
}
pub unsafe fn operations(p: *mut u32, u: U) -> u32 {
    *p = 1; //~ ERROR dereference of raw pointer is unsafe and requires unsafe block [E0133]
    let a = u.a; //~ ERROR access to union field is unsafe and requires unsafe block [E0133]
    let b = || danger(); //~ ERROR is unsafe and requires unsafe block [E0133]
    b();
    S + a //~ ERROR use of mutable static is unsafe and requires unsafe block [E0133]
}
pub unsafe fn in_blocks(p: *mut u32) -> u32 {
    let c = || unsafe { danger() };
    c();
    unsafe { *p + S }
}
#[allow(unsafe_op_in_unsafe_fn)]
pub unsafe fn allowed(p: *mut u32) -> u32 {
    #[deny(unsafe_op_in_unsafe_fn)]
    danger(); //~ ERROR is unsafe and requires unsafe block [E0133]
    *p + S
}
