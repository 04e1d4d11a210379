//@ check-fail
// #[macro_use] lets textual macros out of a module, through each module around.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#[macro_use] mod a { macro_rules! x { () => {} }
#[macro_use] mod b { macro_rules! y { () => {} } }
mod c { macro_rules! z { () => {} } } }
x!();
y!();
z!();
//~^ ERROR cannot find macro `z` in this scope
