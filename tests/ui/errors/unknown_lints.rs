//@ check-fail
//@ compile-flags: --crate-type lib -A clippy::all -A rustdoc::any
// Names that no lint has, in attributes of every kind of thing; those of tools are not looked at.
#![no_std]
#![deny(unknown_lints, renamed_and_removed_lints)]
#![allow(no_such, clippy::foo, rustdoc::bar, dead_code)] //~ ERROR unknown lint: `no_such` [unknown_lints]

#[allow(unused_variabels)] //~ ERROR unknown lint: `unused_variabels` [unknown_lints]
pub fn f() {
    #[warn(zzz)] //~ ERROR unknown lint: `zzz` [unknown_lints]
    let _x = 1;
}
#[expect(raw_pointer_derive)] //~ ERROR lint `raw_pointer_derive` has been removed [renamed_and_removed_lints]
pub struct S {
    #[deny(bare_trait_object)] //~ ERROR lint `bare_trait_object` has been renamed to `bare_trait_objects` [renamed_and_removed_lints]
    pub x: u8,
}
#[allow(unknown_lints, reason = "it is one of another version")]
#[allow(of_another_version)]
pub fn g() {}
#[allow(bad_style, nonstandard_style, warnings, unused, static_mut_ref)] //~ ERROR has been renamed to `static_mut_refs` [renamed_and_removed_lints]
pub mod m {}
