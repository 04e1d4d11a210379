//@ check-fail
//@ compile-flags: --crate-type lib
// Memory at compile time: writes through shared references, null tests that cannot be answered, allocations that are too large, statics that
// read themselves though there is nothing to read, constants of types that are not evaluated because nobody asks.
#![no_std]
#![feature(thread_local)]
use core::cell::UnsafeCell;

const THROUGH_SHARED: () = unsafe {
    let x = 0;
    let p = &x as *const i32 as *mut i32;
    *p = 1; //~ ERROR writing through a pointer that was derived from a shared [E0080]
};
const THROUGH_CELL: () = unsafe {
    let x = UnsafeCell::new(0);
    let p = &x as *const _ as *mut i32;
    *p = 1;
};
const NOT_NULL: () = {
    let x = 1u32;
    assert!(!(&raw const x).is_null());
    assert!(!(&raw const x).wrapping_byte_sub(1).is_null());
    assert!(!(&raw const x).wrapping_sub(512).is_null()); //~ ERROR [E0080]
};
const LARGE: u8 = {
    let x = [0u8; 1 << 46]; //~ ERROR tried to allocate more memory [E0080]
    x[0]
};
static ITSELF: () = ITSELF; //~ ERROR tried to access itself [E0080]
struct Length([u8; 1 - 2]); //~ ERROR overflow [E0080]
enum Discriminant {
    A = 1 / 0, //~ ERROR attempt to divide [E0080]
}
#[thread_local]
static NESTED: &u32 = { //~ ERROR does not support implicit nested statics
    let x = 42;
    &{ x }
};
fn body() {
    let x = 5;
    const CAPTURED: i32 = x; //~ ERROR non-constant value in a constant [E0435]
    fn inner() -> i32 {
        x //~ ERROR can't capture dynamic environment [E0434]
    }
}
const fn closure() {
    (|| {})(); //~ ERROR cannot call non-const closure [E0015]
}
