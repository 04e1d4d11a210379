//@ check-fail
// Names that mean something else than what is wanted.
#![no_std]
#![crate_type = "lib"]

pub struct S { pub x: u8 }
pub enum E { A, B(u8) }
pub mod m {}
pub static ST: u8 = 0;
pub fn func() {}
pub fn a() -> E::A { loop {} }
//~^ ERROR [E0573]
pub fn b() { let _ = S; }
//~^ ERROR [E0423]
pub fn c<T: S>(_: T) {}
//~^ ERROR [E0404]
pub fn d(e: E) { match e { E::A(_) => {} _ => {} } }
//~^ ERROR [E0532]
pub fn e() { let _ = m { x: 1 }; }
//~^ ERROR [E0574]
pub fn f(s: u8) { match s { ST => {} _ => {} } }
//~^ ERROR [E0530]
