//@ check-fail
//@ compile-flags: --crate-type lib
// Lifetimes left out in the types of associated constants: 'static where no other is in scope, to be written where one is.
#![no_std]
pub struct W<'a>(&'a u8);
pub struct S;
impl S {
    pub const STR: &str = "";
    pub const FN: fn(&u8) -> &u8 = |x| x;
    pub const PATH: W = W(&1); //~ ERROR implicit elided lifetime not allowed here [E0726]
}
impl<'a> W<'a> {
    pub const SHARED: &u8 = &1; //~ ERROR `&` without an explicit lifetime name cannot be used here [elided_lifetimes_in_associated_constant]
    pub const WRITTEN: &'static u8 = &1;
    pub const ANONYMOUS: W<'_> = W(&1); //~ ERROR `'_` cannot be used here [elided_lifetimes_in_associated_constant]
}
pub trait T<'a> {
    const NAMED: &'a str;
    const DEFAULT: &str = ""; //~ ERROR missing lifetime specifier [E0106]
}
impl T<'_> for S {
    const NAMED: &str = ""; //~ ERROR `&` without an explicit lifetime name cannot be used here [elided_lifetimes_in_associated_constant]
    //~^ ERROR lifetime parameters or bounds on associated constant `NAMED` do not match the trait declaration [E0195]
}
#[allow(elided_lifetimes_in_associated_constant)]
impl<'a> W<'a> {
    pub const ALLOWED: &u8 = &1;
}
pub fn allowed() -> u8 { *W::ALLOWED }
