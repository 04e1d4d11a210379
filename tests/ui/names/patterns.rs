//@ check-fail
// Bindings of patterns: once each, and the same in all alternatives.
#![no_std]
#![crate_type = "lib"]

pub fn a((x, x): (u8, u8)) {}
//~^ ERROR [E0415]
pub fn b(p: (u8, u8)) { let (x, x) = p; }
//~^ ERROR [E0416]
pub fn c(p: (u8, Option<u8>)) {
    match p {
        (x, None) | (_, Some(_)) => {}
        //~^ ERROR [E0408]
        (_, Some(y)) | (y, _) if y > 3 => {}
        _ => {}
    }
    match p { (ref x, None) | (x, _) => {} }
    //~^ ERROR [E0409]
    //~| ERROR [E0308]
}
