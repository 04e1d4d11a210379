// Name tables and the impl index: what is added is found, under its full key and nothing else.
#include "defs/crate.h"
#include <gtest/gtest.h>

using namespace ferric;

TEST(NameTable, FindsNamesByModuleNameContextAndNamespace) {
  NameTable t(CrateId{3});
  ModuleId a = t.addModule({}), b = t.addModule({});
  for (uint32_t i = 0; i < 5000; ++i)
    t.findOrAdd(i % 2 ? a : b, Symbol(i), {}, Namespace::Type);
  EXPECT_EQ(t.nameCount(), 5000u);
  NameId n = t.find(a, Symbol(77), {}, Namespace::Type);
  ASSERT_TRUE(n.valid());
  EXPECT_EQ(t[n].name, Symbol(77));
  EXPECT_EQ(t.findOrAdd(a, Symbol(77), {}, Namespace::Type), n);
  EXPECT_FALSE(t.find(b, Symbol(77), {}, Namespace::Type).valid());
  EXPECT_FALSE(t.find(a, Symbol(77), {}, Namespace::Value).valid());
  EXPECT_FALSE(t.find(a, Symbol(77), SyntaxContext{1}, Namespace::Type).valid());
}

TEST(NameTable, KeepsNamesOfAModuleInOrder) {
  NameTable t(CrateId{0});
  ModuleId a = t.addModule({}), b = t.addModule({});
  for (uint32_t i : {9u, 4u, 7u}) {
    t.findOrAdd(a, Symbol(i), {}, Namespace::Value);
    t.findOrAdd(b, Symbol(i + 100), {}, Namespace::Value);
  }
  std::vector<uint32_t> seen;
  t.forEachName(a, [&](NameId, const Name &n) { seen.push_back(n.name.raw); });
  EXPECT_EQ(seen, (std::vector<uint32_t>{9, 4, 7}));
}

TEST(NameTable, RemovesImportsFromAChain) {
  NameTable t(CrateId{0});
  uint32_t head = ~0u;
  for (uint32_t i = 0; i < 3; ++i)
    t.push(head, ImportId(i));
  t.remove(head, ImportId(1));
  std::vector<uint32_t> left;
  for (uint32_t l = head; l != ~0u; l = t.link(l).next)
    left.push_back(t.link(l).import.raw);
  EXPECT_EQ(left, (std::vector<uint32_t>{2, 0}));
}

TEST(ImplIndex, AnswersByTraitAndSelfHead) {
  ImplIndex index;
  DefId trait(10), other(11);
  auto add = [&](uint32_t impl, DefId t, SimplifiedType s) { index.add({DefId(impl), t, s}); };
  add(1, trait, SimplifiedType::prim(PrimTy::U8));
  add(2, other, SimplifiedType::prim(PrimTy::U8));
  add(3, trait, {});
  add(4, DefId(), SimplifiedType::ofDef(SimpKind::Adt, DefId(42)));
  add(5, trait, SimplifiedType::prim(PrimTy::U16));
  add(6, trait, SimplifiedType::prim(PrimTy::U8));
  index.seal();
  EXPECT_EQ(index.ofTrait(trait).size(), 4u);
  ASSERT_EQ(index.ofTrait(trait, SimplifiedType::prim(PrimTy::U8)).size(), 2u);
  EXPECT_EQ(index.ofTrait(trait, SimplifiedType::prim(PrimTy::U8))[1].impl, DefId(6));
  ASSERT_EQ(index.ofTrait(trait, {}).size(), 1u);
  EXPECT_EQ(index.inherent(SimplifiedType::ofDef(SimpKind::Adt, DefId(42)))[0].impl, DefId(4));
  ASSERT_TRUE(index.find(DefId(5)));
  EXPECT_EQ(index.find(DefId(5))->trait, trait);
  EXPECT_FALSE(index.find(DefId(7)));
}

TEST(DefTable, CountsNamesakes) {
  DefTable t(CrateId{0});
  DefId parent(0);
  EXPECT_EQ(t.nextDisambiguator(parent, DefKind::Impl, sym::empty), 0u);
  EXPECT_EQ(t.nextDisambiguator(parent, DefKind::Impl, sym::empty), 1u);
  EXPECT_EQ(t.nextDisambiguator(parent, DefKind::Fn, sym::core), 0u);
  EXPECT_EQ(t.nextDisambiguator(parent, DefKind::Struct, sym::core), 0u) << "types and values do not collide";
}
