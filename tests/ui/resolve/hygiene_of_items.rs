//@ check-fail
// Items that a `macro` defines by its own names cannot be named outside.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#![feature(decl_macro)]
macro m($n:ident) { struct Hidden;
struct $n;
mod sub { use super::Hidden;
//~^ ERROR [E0432]
use super::$n as Z; } }
m!(Vis);
m!(Vis2);
use Vis as A;
use Hidden as B;
//~^ ERROR [E0432]
