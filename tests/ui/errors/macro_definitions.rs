//@ check-fail
//@ compile-flags: --crate-type lib
// Mistakes in macro definitions: fragments, follow sets, repetitions, rule syntax. Unused macros are checked too.
#![no_std]
macro_rules! a { ($x) => {} } //~ ERROR
macro_rules! b { ($x:foo) => {} } //~ ERROR
macro_rules! c { ($x:expr $y:expr) => {} } //~ ERROR
macro_rules! d { ($($x:ident)) => {} } //~ ERROR
macro_rules! e { ($x:ident $x:ident) => {} } //~ ERROR
macro_rules! f { ($()*) => {} } //~ ERROR
macro_rules! g { ($($x:ident),?) => {} } //~ ERROR
macro_rules! h { (a) } //~ ERROR
macro_rules! i { a => {} } //~ ERROR
macro_rules! j { () => a } //~ ERROR
macro_rules! k { ($x:ty -) => {} } //~ ERROR
macro_rules! l { ($x:pat | $y:pat) => {} } //~ ERROR
macro_rules! n { ($($x:ident)* $($y:ident)*) => {} }
macro_rules! o { } //~ ERROR
