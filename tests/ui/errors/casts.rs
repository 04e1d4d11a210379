//@ check-fail
// Casts that are not allowed.
#![no_std]
#![crate_type = "lib"]

struct S;
pub fn f(p: *const u8) {
    let _ = S as u8;
    //~^ ERROR [E0605]
    let _ = 5u32 as char;
    //~^ ERROR [E0604]
    let _ = 5u8 as bool;
    //~^ ERROR [E0054]
    let _ = "a" as u8;
    //~^ ERROR [E0606]
    let _ = 1.0f32 as *const u8;
    //~^ ERROR [E0606]
    let _ = p as f32;
    //~^ ERROR [E0606]
}
