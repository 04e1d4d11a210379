//@ check-fail
// Crates that are not there, macros that are not theirs.
#![no_std]
extern crate nothing_of_the_kind; //~ ERROR can't find crate for `nothing_of_the_kind` [E0463]
