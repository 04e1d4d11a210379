//@ check-fail
// `extern crate` items are private like others.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod m { pub extern crate core as inner; }
use m::inner::fmt;
pub use m::inner as x;
extern crate core as zed;
pub use zed as y;
//~^ ERROR [E0365]
pub use zed::fmt;
//~^ ERROR [E0252]
