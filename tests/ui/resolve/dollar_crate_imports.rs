//@ check-fail
// `$crate` in an exported macro leads to the root of the macro's crate; privacy is that of the call.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#[macro_export] macro_rules! imp { ($p:ident) => { use $crate::things::$p; } }
//~^ ERROR [E0432]
mod things { pub struct A;
struct B; }
imp!(A);
mod x { imp!(B);
//~^ ERROR [E0603]
imp!(C); }
