//@ check-fail
//@ aux-build: macros2015.rs
//@ compile-flags: --crate-type lib
// What a crate keeps to itself, and what may grow there.
#![no_std]
#[macro_use(exported, local)] //~ ERROR [E0469]
extern crate macros2015;
use macros2015::{Growing, Private};
fn grown(g: Growing) {
    match g { Growing::One => {} Growing::Two => {} } //~ ERROR [E0004]
}
fn f(p: &Private) -> u8 {
    p.field //~ ERROR [E0616]
}
fn h(p: &Private) -> u8 {
    p.inner() //~ ERROR [E0624]
}
impl Private {} //~ ERROR [E0116]
impl Clone for Growing { fn clone(&self) -> Self { Growing::One } } //~ ERROR [E0117]
