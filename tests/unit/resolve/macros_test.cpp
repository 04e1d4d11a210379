// Macro names: textual scopes, paths, hygiene, and how macros and imports wait for each other.
#include "harness.h"

using ferric::test::Compiled;
using ferric::test::expectErrors;

TEST(MacroNames, TextualScopes) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
before!(); //~ error
macro_rules! before { () => {} }
before!();
mod inner { before!(); macro_rules! local { () => {} } local!(); }
local!(); //~ error
#[macro_use] mod used { macro_rules! leaked { () => {} } }
leaked!();
macro_rules! define { ($n:ident) => { macro_rules! $n { () => {} } } }
define!(made);
made!();
fn main() {}
)");
}

TEST(MacroNames, Paths) {
  expectErrors(R"(#![no_core] #![feature(no_core, decl_macro)]
mod m { pub macro two() { pub struct Two; } #[macro_export] macro_rules! three { () => { pub struct Three; } } }
m::two!();
crate::three!();
m::nothing!(); //~ E0433
nowhere::x!(); //~ E0433
use m::two as zwei;
mod later { use super::*; zwei!(); }
fn main() {}
)");
}

TEST(MacroNames, ExpansionsFeedImports) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
use made::Thing;
use made::*;
macro_rules! make { () => { mod made { pub struct Thing; pub struct Other; macro_rules! helper { () => { use made::Other as O2; } } pub(crate) use helper; } use made::helper as h; h!(); } }
mod user { use crate::made::Other; }
make! {}
fn main() {}
)");
}

TEST(MacroNames, DollarCrateAndHygiene) {
  Compiled c(R"(#![no_core] #![feature(no_core, decl_macro)]
mod a { pub struct S; }
pub macro hidden() { struct Secret; mod secret_mod { pub struct X; } use secret_mod::X; }
hidden!();
hidden!();
macro_rules! reach { () => { use $crate::a::S; } }
reach!();
fn main() {}
)");
  EXPECT_TRUE(c.errors().empty()) << c.text;
}

TEST(MacroNames, UnknownAttributesAndDerives) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
#[nonsense] struct A; //~ error
#[derive(Nonsense)] struct B; //~ error
#[rustfmt::skip] struct C;
#[inline] fn f() {}
fn main() {}
)");
}

TEST(MacroNames, MacrosAndGlobsThatDisagree) {
  expectErrors(R"(#![no_core] #![feature(no_core)]
mod m1 { macro_rules! mm { () => {} } pub(crate) use mm; }
mod m2 { macro_rules! mm { () => { struct X; } } pub(crate) use mm; }
use m1::*;
use m2::*;
mm!(); //~ E0659
fn main() {}
)");
}
