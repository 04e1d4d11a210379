//@ check-fail
// Types that cannot be inferred.
#![no_std]
#![crate_type = "lib"]

pub fn f() { let x = None; }
//~^ ERROR [E0282]
pub fn g() { let _ = "5".parse().unwrap(); }
//~^ ERROR [E0284]
pub fn h() { let v = Default::default(); }
//~^ ERROR [E0790]
