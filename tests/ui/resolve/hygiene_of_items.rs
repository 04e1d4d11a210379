//@ check-fail
// Items that a `macro` defines by its own names cannot be named outside.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
#![feature(decl_macro)]
macro m($n:ident) { struct Hidden;
struct $n;
mod sub { use super::Hidden;
use super::$n as Z; } }
m!(Vis);
//~^ ERROR [E0432]
m!(Vis2);
//~^ ERROR [E0432]
use Vis as A;
use Hidden as B;
//~^ ERROR [E0432]
