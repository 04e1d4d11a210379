//@ check-fail
// Types, values and macros are separate namespaces; textual macro_rules shadow instead of conflicting.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
struct A;
fn A() {}
//~^ ERROR [E0428]
struct B {}
fn B() {}
mod C {}
fn C() {}
mod D {}
struct D {}
//~^ ERROR [E0428]
trait E {}
enum E {}
//~^ ERROR [E0428]
macro_rules! x { () => {} }
macro_rules! x { () => {} }
