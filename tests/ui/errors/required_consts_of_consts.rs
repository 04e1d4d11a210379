//@ check-fail
// A constant or static whose evaluation runs a body evaluates all the constants of the body first, those never reached too.
#![no_std]
#![crate_type = "lib"]
#![allow(path_statements)]

struct Fail<T>(T);
impl<T> Fail<T> {
    const C: () = assert!(size_of::<T>() > 4, "too small");
    //~^ ERROR too small [E0080]
    const D: () = assert!(size_of::<T>() > 4, "smaller still");
    //~^ ERROR smaller still [E0080]
    const fn get(ask: bool) -> u32 {
        if ask {
            Self::C;
        }
        1
    }
}

pub const FINE: u32 = Fail::<u64>::get(false);
pub const BAD: u32 = Fail::<u16>::get(false);
pub static STARTED: () = {
    if false {
        Fail::<u8>::D;
    }
};
