//@ check-fail
// What is visible in the crate cannot be re-exported from it.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod a { pub(crate) enum E { A, B } }
pub use a::E;
//~^ ERROR [E0365]
pub use a::E::A;
//~^ ERROR [E0364]
pub use a::E::*;
