//@ check-fail
//@ compile-flags: --crate-type lib
// No rule matches: the token that the best rule stopped at is named.
#![no_std]
macro_rules! m { (a b) => {}; (c) => {} }
m!(a); //~ ERROR
m!(x); //~ ERROR
m!(a b c); //~ ERROR
m!(); //~ ERROR
fn f() { m!(a c); } //~ ERROR
