//@ check-fail
// Path keywords can be imported only under another name.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
use crate;
//~^ ERROR imports need to be explicitly named
use self;
//~^ ERROR imports need to be explicitly named
use super;
//~^ ERROR imports need to be explicitly named
use crate as c;
use self as s;
use core::crate;
//~^ ERROR `crate` in paths can only be used in start position
