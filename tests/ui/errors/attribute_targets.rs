//@ check-fail
//@ compile-flags: --crate-type lib
//@ skip-oracle: attributes on expressions are behind a feature gate there
// Attributes of functions on what is none, or on functions without a body.
#![no_std]
#[unsafe(naked)] //~ ERROR cannot be used on structs
struct S;
extern "C" {
    #[unsafe(naked)] //~ ERROR cannot be used on foreign functions
    fn foreign();
}
trait T {
    #[unsafe(naked)] //~ ERROR cannot be used on required trait methods
    extern "C" fn required();
    #[track_caller]
    fn with_location();
}
#[target_feature(enable = "sse2")] //~ ERROR cannot be used on modules
mod m {}
#[track_caller] //~ ERROR cannot be used on enums
enum E {}
pub fn closures() {
    let _ = #[track_caller] || {};
    let _ = #[unsafe(naked)] || {}; //~ ERROR cannot be used on closures
}
