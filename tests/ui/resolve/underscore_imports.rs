//@ check-fail
// `as _` imports any number of things; `_` itself names nothing.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
use core::fmt::Debug as _;
use core::fmt::Display as _;
use core::fmt as _;
use _ as x;
//~^ ERROR expected identifier, found reserved identifier `_`
use core::_;
//~^ ERROR expected identifier, found reserved identifier `_`
