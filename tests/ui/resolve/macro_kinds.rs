//@ check-fail
// Bang, attribute and derive macros are told apart.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#[derive(Clone)] struct S; Clone!();
//~^ ERROR cannot find macro `Clone` in this scope
#[println] fn f() {}
//~^ ERROR cannot find attribute `println` in this scope
#[derive(println)] struct T;
//~^ ERROR cannot find derive macro `println` in this scope
#[derive(inline)] struct U;
//~^ ERROR expected derive macro, found built-in attribute `inline`
inline!();
//~^ ERROR cannot find macro `inline` in this scope
#[assert_eq] fn g() {}
//~^ ERROR cannot find attribute `assert_eq` in this scope
fn h() { core::fmt!(); }
//~^ ERROR [E0433]
