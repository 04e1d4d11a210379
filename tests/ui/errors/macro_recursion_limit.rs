//@ check-fail
//@ compile-flags: --crate-type lib
// #![recursion_limit] is respected.
#![no_std]
#![recursion_limit = "10"]
macro_rules! r { () => { }; ($h:tt $($t:tt)*) => { r!($($t)*); } } //~ ERROR
fn f() { r!(a b c d e f g h i j k l m n o); }
