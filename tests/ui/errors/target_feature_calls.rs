//@ check-fail
//@ compile-flags: --crate-type lib
// A safe function with target features is called as it is by those that have them, and elsewhere in `unsafe` (RFC 2396).
#![no_std]
#[target_feature(enable = "avx2")]
pub fn wide() {}
#[target_feature(enable = "avx2,bmi1")]
pub fn more() {
    wide();
    let c = || wide();
    c();
}
#[target_feature(enable = "avx")]
pub fn less() {
    wide(); //~ ERROR call to function `wide` with `#[target_feature]` is unsafe and requires unsafe [E0133]
}
pub struct S;
impl S {
    #[target_feature(enable = "sse4.1")]
    pub fn method(&self) {}
}
pub fn none() {
    S.method(); //~ ERROR is unsafe and requires unsafe [E0133]
    unsafe {
        wide();
        S.method();
    }
}
