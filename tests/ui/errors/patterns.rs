//@ check-fail
// Patterns that do not fit.
#![no_std]
#![crate_type = "lib"]

pub struct S { a: u8 }
pub enum E { A(u8, u8), B { x: u8 }, C }
pub fn f(s: S, e: E) {
    let S { b, .. } = s;
    //~^ ERROR [E0026]
    match e { E::A(x) => {}, E::B { } => {}, E::C(..) => {}, E::D => {} }
    //~^ ERROR [E0023]
    //~| ERROR [E0027]
    //~| ERROR [E0532]
    //~| ERROR [E0599]
    let (a, b) = (1, 2, 3);
    //~^ ERROR [E0308]
    match 5u8 { "x" => {}, _ => {} }
    //~^ ERROR [E0308]
    let (Some(y) | None) = Some(1u8);
    //~^ ERROR [E0408]
}
