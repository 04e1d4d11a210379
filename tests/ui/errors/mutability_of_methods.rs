//@ check-fail
// Calling what is not a function, indexing what cannot be indexed.
#![no_std]
#![crate_type = "lib"]

pub fn f() { let x = 5u8; x(); x[0]; "abc"[0]; [1, 2]["a"]; }
//~^ ERROR [E0277]
//~| ERROR [E0608]
//~| ERROR [E0618]
