//@ check-fail
//@ compile-flags: --crate-type lib
// A type of far more levels than the recursion limit: one error, which ends the check of the body.
#![no_std]
#![recursion_limit = "16"]
pub fn f(v: &[u32]) -> u32 {
    v.iter().copied().map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).map(|x| x).fold(0, |a, b| a ^ b)
    //~^ ERROR overflow evaluating the requirement [E0275]
    ; let _: u32 = "not reported";
}
pub fn g() -> u32 {
    "of another body"
    //~^ ERROR mismatched types [E0308]
}
