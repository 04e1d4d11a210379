//@ check-fail
//@ compile-flags: --crate-type lib
// Variables used at another repetition depth than they were matched at.
#![no_std]
macro_rules! a { ($($x:ident)*) => { $x } } //~ ERROR
a!(q);
macro_rules! b { ($x:ident) => { $($x)* } } //~ ERROR
b!(q);
macro_rules! c { ($($x:ident)* ; $($y:ident)*) => { $( fn $x() { $y } )* } } //~ ERROR
c!(a b; c);
macro_rules! d { ($($x:ident),*) => { $( fn $x() {} )+ } } //~ ERROR
d!();
