//@ check-fail
// Missing match arms are named.
#![no_std]
#![crate_type = "lib"]

pub enum E { A, B(bool), C { x: u8 } }
pub fn f(e: E) -> u8 { match e { E::A => 1, E::B(true) => 2 } }
//~^ ERROR [E0004]
pub fn g(n: u8) -> u8 { match n { 0..=100 => 1, 102..=255 => 2 } }
//~^ ERROR [E0004]
pub fn h(o: Option<u8>) -> u8 { let Some(x) = o; x }
//~^ ERROR [E0005]
pub fn i(p: (bool, bool)) -> u8 { match p { (true, _) => 1, (_, true) => 2 } }
//~^ ERROR [E0004]
pub fn j(s: &[u8]) -> u8 { match s { [] => 0, [_, _, ..] => 1 } }
//~^ ERROR [E0004]
