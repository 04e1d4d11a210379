//@ check-fail
// Lifetimes: declared, elided where the rules say what they are, and nowhere else.
#![no_std]
#![crate_type = "lib"]

pub struct R<'a>(pub &'a u8);
pub fn one(x: &u8) -> &u8 { x }
pub fn path(x: R<'_>) -> &u8 { x.0 }
pub fn two(x: &u8, _: &u8) -> &u8 { loop {} }
//~^ ERROR [E0106]
pub fn none() -> &u8 { loop {} }
//~^ ERROR [E0106]
pub struct S { pub f: &u8 }
//~^ ERROR [E0106]
pub fn undeclared(_: &'a u8) {}
//~^ ERROR [E0261]
pub fn twice<'a, 'a>(_: &'a u8) {}
//~^ ERROR [E0403]
pub fn reserved<'static>(_: &'static u8) {}
//~^ ERROR [E0262]
pub trait Tr<'a> {}
impl Tr<'_> for R {}
//~^ ERROR [E0726]
pub fn bound<T>() where T: Tr<'_> {}
//~^ ERROR [E0637]
pub type F = fn(&u8, &u8) -> &u8;
//~^ ERROR [E0106]
impl R<'_> { pub fn by_self(&self, _: &u8) -> &u8 { self.0 } }
