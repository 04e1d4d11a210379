//@ run-pass
// Modules, `use`, re-exports, globs, `self`, `super`, `pub(crate)`.
//> 35
//> 12
#![no_std]
#![no_main]
#[path = "../support/rt.rs"]
mod rt;

mod outer {
    pub mod inner {
        pub fn f() -> i64 { super::hidden() + self::g() }
        pub(crate) fn g() -> i64 { 10 }
        pub const K: i64 = 7;
    }
    fn hidden() -> i64 { 1 }
    pub use self::inner::K as RENAMED;
    pub enum Kind { A, B }
}
use outer::inner::*;
use outer::{inner, Kind::{self, *}, RENAMED};
fn which(k: Kind) -> i64 { match k { A => 1, Kind::B => 2 } }

#[unsafe(no_mangle)]
pub extern "C" fn main() -> i32 {
    rt::num(f() + inner::g() + K + RENAMED);
    rt::num(which(A) * 10 + which(B));
    0
}
