// Imports and modules: what resolves, and the errors of what does not (codes and lines as rustc's).
#include "harness.h"

using ferric::test::expectErrors;

TEST(Imports, SinglesGlobsAndReexportsResolve) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
mod a { pub struct S; pub fn f() {} pub mod inner { pub use super::S as T; pub use super::super::b::*; } }
mod b { pub use crate::a::inner::T; pub trait Tr {} pub use self::Tr as _; }
use a::inner::{self, T, Tr};
use a::*;
use inner::T as U;
use crate::b::T as V;
extern crate self as me;
use me::a::f as g;
enum E { A, B }
use E::*;
use self::A as C;
fn main() {}
)");
}

TEST(Imports, GlobCyclesResolve) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
mod a { pub use crate::b::*; pub struct A; }
mod b { pub use crate::c::*; pub struct B; }
mod c { pub use crate::a::*; pub struct C; }
use a::{A, B, C};
use c::{A as A2, B as B2, C as C2};
fn main() {}
)");
}

TEST(Imports, Unresolved) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
mod m { pub struct Thing; mod private { pub struct P; } struct Hidden; }
use m::Thnig; //~ E0432
use nowhere::X; //~ E0432
use m::gone::X; //~ E0432
use m::gone::deep::X; //~ E0433
use m::{Missing, Thing}; //~ E0432
use m::private::P; //~ E0603
use m::Hidden; //~ E0603
use crate::zzz; //~ E0432
fn main() {}
)");
}

TEST(Imports, GlobOfItselfAndOfEverything) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
mod m { pub use super::m::*; } //~ E0432
fn main() {}
)");
}

TEST(Imports, Duplicates) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
mod a { pub struct X; pub fn f() {} }
mod b { pub struct X; }
use a::X;
use b::X; //~ E0252
struct Y;
struct Y; //~ E0428
use a::f;
fn f() {} //~ E0255
extern crate self as me;
extern crate self as me; //~ E0259
enum E { A, A } //~ E0428
mod e { extern crate self as q; pub struct q; } //~ E0260
fn main() {}
)");
}

TEST(Imports, ReexportsOfPrivateThings) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
mod a { fn f() {} pub mod in_a { pub use super::f as g; } } //~ E0364
mod b { struct S {} pub mod in_b { pub use super::S as T; } } //~ E0365
mod c { pub(crate) fn f() {} pub(crate) mod m {} }
pub use c::f as cf; //~ E0364
pub use c::m as cm; //~ E0365
fn main() {}
)");
}

TEST(Imports, AmbiguousGlobs) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
mod a { pub struct X; pub struct Same; }
mod b { pub struct X; pub use crate::a::Same; }
mod user { pub use super::a::*; pub use super::b::*; }
use user::X; //~ E0659
use user::Same;
mod shadowed { use super::a::*; use super::b::*; struct X; }
fn main() {}
)");
}

TEST(Imports, SelfImports) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
mod m { pub struct S; }
use m::self; //~ E0429 //~ E0255
use {self}; //~ error
use m::{self as n, self as o};
use super::x; //~ E0433
fn main() {}
)");
}

TEST(Imports, Visibilities) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
mod other { use crate::a::b::Up; } //~ E0603
mod a {
  enum E { V }
  pub mod b { pub(in crate::a) struct Ok; pub(super) struct Up; pub(self) struct Me; }
  pub(in crate::other) struct NotAncestor; //~ E0742
  pub(in crate::nowhere) struct Gone; //~ E0433
  pub(in a) struct Relative; //~ error
  pub(in crate::a::E) struct NotModule; //~ E0577
  use self::b::Up;
}
fn main() {}
)");
}

TEST(Imports, PathsOfThe2015Edition) {
  expectErrors(R"(#![feature(no_core)] #![no_core]
mod m { pub struct S; }
mod n { use m::S; use ::m::S as T; use self::S as U; }
use n::S as V; //~ E0603
fn main() {}
)", "", 2015);
}

TEST(Imports, ExternCrates) {
  const char *dep = R"(#![no_core] #![feature(no_core)]
pub mod api { pub struct P; pub(crate) struct Q; struct R; }
pub use api::*;
#[macro_export] macro_rules! dep_macro { () => { pub struct FromDep; use $crate::api::P as DepP; } }
)";
  expectErrors(R"(#![no_core] #![feature(no_core)]
use dep::api::P;
use ::dep::P as P2;
use dep::api::Q; //~ E0603
use dep::Nope; //~ E0432
use dep::nope::X; //~ E0432
dep::dep_macro!();
use FromDep as Made;
fn main() {}
)", dep);
}

TEST(Imports, MissingCrate) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
extern crate missing; //~ E0463
fn main() {}
)");
}

TEST(Imports, BlocksHaveModules) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
fn f() {
  use self::outer::S;
  mod inner { pub struct T; }
  use inner::T;
  use self::inner::T as U; //~ E0432
  struct L;
}
mod outer { pub struct S; }
fn main() {}
)");
}
