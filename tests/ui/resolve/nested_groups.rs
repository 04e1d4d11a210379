//@ check-fail
// Leaves of one `use` item that fail are one error.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
use core::{fmt::{self, Debug, Nope}, mem::{swap, {replace}}, {ops::*}, gone::{a, b}};
//~^ ERROR [E0432]
use {core::cmp, crate::z};
//~^ ERROR [E0432]
