//@ check-fail
//@ edition: 2021
//@ compile-flags: --crate-type lib
// A block that no unsafe operation needs; of nested ones the outermost that is needed counts.
#![no_std]
#![deny(unused_unsafe)]
pub unsafe fn danger() {}
macro_rules! wrapped { ($e:expr) => { unsafe { $e } }; } //~ ERROR unnecessary `unsafe` block [unused_unsafe]
pub fn f() {
    unsafe { let _ = 1; } //~ ERROR unnecessary `unsafe` block [unused_unsafe]
    unsafe { //~ ERROR unnecessary `unsafe` block [unused_unsafe]
        unsafe { danger() }
    }
    unsafe {
        danger();
        unsafe { danger() } //~ ERROR unnecessary `unsafe` block [unused_unsafe]
    }
    #[allow(unused_unsafe)]
    unsafe {
        unsafe {}
    }
    let _ = unsafe { core::format_args!("{}", 1) }; //~ ERROR unnecessary `unsafe` block [unused_unsafe]
    wrapped!(danger());
    wrapped!(());
}
// The lint about operations in unsafe functions is allowed, but its blocks are needed all the same.
pub unsafe fn g() {
    unsafe { danger() }
    danger();
}
pub const C: u8 = unsafe { 1 }; //~ ERROR unnecessary `unsafe` block [unused_unsafe]
pub async fn h(x: impl core::future::Future<Output = ()>) { x.await }
