//@ check-fail
// A `macro` may use private items of its module; names given from outside may not.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#![feature(decl_macro)]
mod foo { fn secret() {}
pub macro call() { secret() }
pub macro path() { use secret as s2; }
struct P;
pub macro ty() { use crate::foo::P; } }
fn f() { foo::call!(); }
foo::path!();
//~^ ERROR [E0364]
foo::ty!();
//~^ ERROR [E0364]
