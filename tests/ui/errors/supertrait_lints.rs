//@ check-fail
// Lints about trait objects, at the levels that attributes around them say.
//@ edition: 2018
#![no_std]
#![crate_type = "lib"]
#![feature(multiple_supertrait_upcastable)]
#![deny(deref_into_dyn_supertrait)]
#![allow(unused)]
use core::ops::Deref;

trait A {}
trait B {}
#[deny(multiple_supertrait_upcastable)]
trait C: A + B {} //~ ERROR multiple supertraits [multiple_supertrait_upcastable]
trait Allowed: A + B {}
#[deny(multiple_supertrait_upcastable)]
trait NotDyn: A + B + Sized {}

trait Sub: A {}
impl Deref for dyn Sub { //~ ERROR covered by an implicit supertrait coercion [deref_into_dyn_supertrait]
    type Target = dyn A;
    fn deref(&self) -> &Self::Target { loop {} }
}
trait Other: A {}
#[allow(deref_into_dyn_supertrait)]
impl Deref for dyn Other {
    type Target = dyn A;
    fn deref(&self) -> &Self::Target { loop {} }
}
trait Unrelated: A {}
impl Deref for dyn Unrelated {
    type Target = dyn B;
    fn deref(&self) -> &Self::Target { loop {} }
}

#[deny(bare_trait_objects)]
fn old(x: &A) { //~ ERROR explicit `dyn` [bare_trait_objects]
    let y: &B; //~ ERROR explicit `dyn` [bare_trait_objects]
}
#[deny(warnings)]
mod strict {
    #[allow(bare_trait_objects)]
    fn allowed(x: &super::A) {}
    fn denied(x: &super::A) {} //~ ERROR explicit `dyn` [bare_trait_objects]
}
