//@ check-fail
// A `macro` may use private items of its module; names given from outside may not.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#![feature(decl_macro)]
mod foo { fn secret() {}
pub macro call() { secret() }
pub macro path() { use secret as s2; }
//~^ ERROR [E0364]
struct P;
pub macro ty() { use crate::foo::P; } }
//~^ ERROR [E0364]
fn f() { foo::call!(); }
foo::path!();
foo::ty!();
