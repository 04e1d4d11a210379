//@ check-fail
// Paths of restricted visibilities lead to enclosing modules.
#![no_std]
#![crate_type = "lib"]
#![allow(unused)]
mod a { pub mod b { pub(in super) struct A;
pub(in super::super) struct B;
pub(in self) struct C;
pub(in crate) struct D; } }
mod c { pub(in crate::c::d) struct E;
//~^ ERROR [E0433]
mod d {}
pub(in super::c) fn f() {} }
pub(nowhere) struct X;
//~^ ERROR [E0704]
