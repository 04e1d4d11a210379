//@ check-fail
// Textual macro scopes: definitions shadow earlier ones, and end with their block or module.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
macro_rules! m { () => { struct A; } }
m!();
macro_rules! m { () => { struct B; } }
m!();
fn f() { m!();
macro_rules! m { () => { struct C; } } { m!();
macro_rules! m { () => {} }
m!(); }
m!(); }
fn g() { m!();
inner!();
//~^ ERROR cannot find macro `inner` in this scope
macro_rules! inner { () => {} }
inner!(); }
inner!();
//~^ ERROR cannot find macro `inner` in this scope
