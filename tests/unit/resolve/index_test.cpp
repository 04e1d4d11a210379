// What later phases ask: impls by self type, children, traits in scope, paths from bodies.
#include "harness.h"

using namespace ferric;
using ferric::test::Compiled;

static const char *const kCrate = R"(#![no_core] #![feature(no_core, lang_items, auto_traits, rustc_attrs)]
#[lang = "sized"] pub trait Sized {}
pub auto trait Send {}
mod m {
  pub trait Tr { fn a(); const C: u8; type T; }
  pub struct S<'a, T, const N: usize>(pub &'a T, [u8; N]);
  pub enum E { A { x: u8, y: u8 }, B(u8), C }
  pub type Alias = E;
  pub type Id<T> = T;
}
use m::*;
impl Tr for u8 { fn a() {} const C: u8 = 0; type T = u8; }
impl Tr for Alias { fn a() {} const C: u8 = 0; type T = u8; }
impl<T> Tr for &mut T { fn a() {} const C: u8 = 0; type T = u8; }
impl<T> Tr for (T, u8) { fn a() {} const C: u8 = 0; type T = u8; }
impl<X> Tr for X { fn a() {} const C: u8 = 0; type T = u8; }
impl Tr for Id<str> { fn a() {} const C: u8 = 0; type T = u8; }
impl Tr for dyn Send + Tr2 { fn a() {} const C: u8 = 0; type T = u8; }
trait Tr2 {}
impl !Send for E {}
impl E { fn inherent() {} }
fn body() { struct Local; impl Tr for Local { fn a() {} const C: u8 = 0; type T = u8; } { use m::Tr as _; } }
fn main() {}
)";

TEST(Index, ImplsByHeadOfSelfType) {
  Compiled c(kCrate);
  ASSERT_TRUE(c.errors().empty()) << c.text;
  DefId tr = c.find("main::m::Tr"), e = c.find("main::m::E");
  ASSERT_TRUE(tr.valid());
  auto count = [&](SimplifiedType s) {
    int n = 0;
    c.crates.forEachImpl(tr, s, [&](const ImplRow &) { ++n; });
    return n;
  };
  EXPECT_EQ(count({}), 1) << "blanket";
  EXPECT_EQ(count(SimplifiedType::prim(PrimTy::U8)), 2);
  EXPECT_EQ(count(SimplifiedType::prim(PrimTy::Str)), 2) << "through a generic alias";
  EXPECT_EQ(count(SimplifiedType::prim(PrimTy::U16)), 1);
  EXPECT_EQ(count(SimplifiedType::ofDef(SimpKind::Adt, e)), 2) << "through an alias";
  EXPECT_EQ(count(SimplifiedType::of(SimpKind::RefMut)), 2);
  EXPECT_EQ(count(SimplifiedType::of(SimpKind::Ref)), 1);
  EXPECT_EQ(count(SimplifiedType::arity(SimpKind::Tuple, 2)), 2);
  EXPECT_EQ(count(SimplifiedType::ofDef(SimpKind::Dyn, c.find("main::Tr2"))), 2) << "auto traits are not principal";
  EXPECT_EQ(count(SimplifiedType::ofDef(SimpKind::Adt, c.find("main::body::Local"))), 2) << "impls in bodies";
  int inherent = 0;
  c.crates.forEachInherentImpl(SimplifiedType::ofDef(SimpKind::Adt, e), [&](const ImplRow &) { ++inherent; });
  EXPECT_EQ(inherent, 1);
  bool negative = false;
  c.crates.forEachImpl(c.find("main::Send"), [&](const ImplRow &r) { negative |= r.negative; });
  EXPECT_TRUE(negative);
  EXPECT_EQ(c.crates.langItem("sized"), c.find("main::Sized"));
}

TEST(Index, ChildrenOfDefinitions) {
  Compiled c(kCrate);
  DefId s = c.find("main::m::S"), e = c.find("main::m::E"), tr = c.find("main::m::Tr");
  EXPECT_EQ(c.crates.genericParams(s).size(), 3u);
  EXPECT_EQ(c.crates.fields(s).size(), 2u);
  ASSERT_TRUE(c.crates.ctor(s).valid());
  EXPECT_FALSE(c.crates.vis(c.crates.ctor(s)).isPublic()) << "a private field hides the constructor";
  ASSERT_EQ(c.crates.variants(e).size(), 3u);
  EXPECT_EQ(c.crates.fields(c.crates.variants(e)[0]).size(), 2u);
  EXPECT_FALSE(c.crates.ctor(c.crates.variants(e)[0]).valid());
  EXPECT_EQ(c.crates.def(c.crates.ctor(c.crates.variants(e)[2])).ctorKind, CtorKind::Const);
  EXPECT_TRUE(c.crates.findAssoc(tr, c.sess.symbols.intern("T"), Namespace::Type).valid());
  EXPECT_FALSE(c.crates.findAssoc(tr, c.sess.symbols.intern("T"), Namespace::Value).valid());
  EXPECT_EQ(c.sess.str(c.crates.variant(c.crates.variants(e)[1]).ident), "B");
}

TEST(Index, PathsAndTraitsFromABody) {
  Compiled c(kCrate);
  ModuleId root = c.crates[kLocalCrate].rootModule();
  auto path = [&](llvm::StringRef text, Namespace ns) {
    llvm::SmallVector<llvm::StringRef, 4> parts;
    text.split(parts, "::");
    llvm::SmallVector<Ident, 4> idents;
    for (llvm::StringRef p : parts)
      idents.push_back({c.sess.symbols.intern(p), {}});
    return c.scopes->path(idents, ns, root, false);
  };
  EXPECT_EQ(path("m::E::B", Namespace::Value).res.defKind, DefKind::Ctor);
  EXPECT_EQ(path("E::A", Namespace::Type).res.defKind, DefKind::Variant);
  resolve::PathRes assoc = path("E::inherent", Namespace::Value);
  EXPECT_TRUE(assoc.ok());
  EXPECT_EQ(assoc.unresolved, 1u);
  EXPECT_EQ(assoc.res.def, c.find("main::m::E"));
  EXPECT_EQ(path("u8::MAX", Namespace::Value).res.kind, ResKind::PrimTy);
  resolve::PathRes failed = path("m::nope::X", Namespace::Type);
  EXPECT_EQ(failed.status, resolve::PathStatus::Failed);
  EXPECT_EQ(failed.failure.segment, 1u);
  EXPECT_FALSE(failed.failure.isLast);
  std::vector<DefId> traits;
  c.scopes->forEachTraitInScope(root, {}, [&](const resolve::TraitInScope &t) { traits.push_back(t.trait); });
  EXPECT_TRUE(llvm::is_contained(traits, c.find("main::m::Tr")));
  EXPECT_TRUE(llvm::is_contained(traits, c.find("main::Tr2")));
}
