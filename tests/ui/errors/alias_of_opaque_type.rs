//@ check-fail
// An opaque type behind an alias that nothing gives a type to.
#![no_std]
#![crate_type = "lib"]
#![feature(type_alias_impl_trait)]
pub type Unknown = impl Sized; //~ ERROR unconstrained opaque type
pub struct S;
impl S {
    pub fn by(self: Unknown) {} //~ ERROR [E0307]
}
