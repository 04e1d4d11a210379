//@ check-fail
// Memory that a call in a constant leaves behind is used again, but not for pointers to what was there.
#![no_std]
#![crate_type = "lib"]

const fn dangling() -> *const u32 {
    let x = 7u32;
    &raw const x
}
const fn sum(n: u32) -> u32 {
    let mut s = 0;
    let mut i = 0;
    while i < n {
        let part = [i, i ^ 1];
        s += part[0] + part[1];
        i += 1;
    }
    s
}
pub const FINE: () = assert!(sum(100) == 9900);
pub const FREED: u32 = {
    let p = dangling();
    let y = [5u32; 1];
    unsafe { *p + y[0] } //~ ERROR [E0080]
};
