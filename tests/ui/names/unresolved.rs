//@ check-fail
// Names that mean nothing, in every position that has a code of its own.
#![no_std]
#![crate_type = "lib"]

pub trait Tr { type A; fn m(&self); }
pub struct S { pub x: u8 }
pub fn f(_: Nope) {}
//~^ ERROR [E0425]
pub fn g() { nope }
//~^ ERROR [E0425]
pub fn h() { nope(); }
//~^ ERROR [E0425]
pub fn i() { nope::x(); }
//~^ ERROR [E0433]
impl Nope for S {}
//~^ ERROR [E0405]
pub fn j() { let _ = Nope { x: 1 }; }
//~^ ERROR [E0422]
pub fn k(o: Option<u8>) { match o { Nope(_) => {} _ => {} } }
//~^ ERROR [E0531]
pub fn l<T: Tr>() -> <T as Tr>::Nope { loop {} }
//~^ ERROR [E0576]
pub fn m() -> u8 { self.x }
//~^ ERROR [E0424]
pub fn n() -> Self { loop {} }
//~^ ERROR [E0411]
pub fn o() { loop { break 'a } }
//~^ ERROR [E0426]
impl Tr for S { type A = u8; fn m(&self) {} fn z(&self) {} }
//~^ ERROR [E0407]
