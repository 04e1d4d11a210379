//@ check-fail
//@ edition: 2024
//@ compile-flags: --crate-type lib
// References to mutable statics are denied from edition 2024 on, unless an attribute around allows them; raw pointers are the way.
#![no_std]
static mut X: (i32, [u8; 2]) = (1, [2, 3]);
macro_rules! borrowed { ($x:expr) => { &mut $x.1 }; } //~ ERROR creating a mutable reference to mutable static [static_mut_refs]
pub unsafe fn denied() {
    unsafe {
        let _a = &X; //~ ERROR creating a shared reference to mutable static [static_mut_refs]
        let ref _b = X.0; //~ ERROR creating a shared reference [static_mut_refs]
        let _c = X.1.iter(); //~ ERROR creating a shared reference [static_mut_refs]
        X.1.reverse(); //~ ERROR creating a mutable reference [static_mut_refs]
        let _d = borrowed!(X);
        let _e = format_args!("{}", X.0); //~ ERROR creating a shared reference [static_mut_refs]
    }
}
pub unsafe fn not_references() -> i32 {
    unsafe {
        let p = &raw mut X;
        X.0 += 1;
        (*p).0 + X.0.abs() + X.1[0] as i32
    }
}
pub unsafe fn allowed() {
    #[allow(static_mut_refs)]
    let _a = unsafe { &X };
    #[expect(static_mut_refs)]
    unsafe {
        let _b = &mut X;
    }
    let _c = (unsafe { &X.0 }, 1); //~ ERROR creating a shared reference [static_mut_refs]
}
#[allow(static_mut_refs)]
pub unsafe fn allowed_all() -> &'static i32 { unsafe { &X.0 } }
