//@ check-fail
// The prefix of an empty import group is checked.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
use core::{};
use core::gone::{};
//~^ ERROR [E0432]
use {};
use ::{};
use core::fmt::Debug::{};
