// Scopes inside an item: shadowing, what stands between a name and its binding, macro_rules hygiene.
#include "lower/ribs.h"
#include "gtest/gtest.h"

using namespace ferric;
using namespace ferric::lower;

namespace {

struct RibsTest : testing::Test {
  SymbolTable symbols;
  Hygiene hygiene;
  Ribs ribs{hygiene};

  Ident ident(const char *name, SyntaxContext ctxt = {}) { return {symbols.intern(name), Span{1, 2, ctxt}}; }
  void local(Ident i, uint32_t id) {
    Res r;
    r.kind = ResKind::Local;
    r.local = id;
    ribs.bind(RibSpace::Value, i, r, false);
  }
  int lookup(Ident i, RibHit *out = nullptr) {
    RibHit hit;
    bool found = ribs.lookup(RibSpace::Value, i, hit, nullptr);
    int answer = found && hit.entry ? int(hit.entry->res.local) : -1;
    if (out)
      *out = hit;
    return answer;
  }
  SyntaxContext expansionOf(DefId macro) {
    ExpnData d;
    d.kind = ExpnKind::Bang;
    d.macroDef = macro;
    return hygiene.applyMark({}, hygiene.addExpn(d), Transparency::SemiOpaque);
  }
};

TEST_F(RibsTest, InnermostWinsAndResetRestores) {
  local(ident("x"), 1);
  size_t mark = ribs.mark();
  local(ident("x"), 2);
  EXPECT_EQ(lookup(ident("x")), 2);
  ribs.reset(mark);
  EXPECT_EQ(lookup(ident("x")), 1);
  EXPECT_EQ(lookup(ident("y")), -1);
}

TEST_F(RibsTest, ReportsBarriersOnTheWay) {
  local(ident("x"), 1);
  ribs.pushBarrier(Barrier::FnItem);
  local(ident("y"), 2);
  RibHit hit;
  EXPECT_EQ(lookup(ident("y"), &hit), 2);
  EXPECT_TRUE(hit.crossed.empty());
  EXPECT_EQ(lookup(ident("x"), &hit), 1);
  ASSERT_EQ(hit.crossed.size(), 1u);
  EXPECT_EQ(hit.crossed[0]->barrier, Barrier::FnItem);
}

TEST_F(RibsTest, BlockItemsShadowOuterLocalsOnly) {
  local(ident("x"), 1);
  ribs.pushBlock(ModuleId(7));
  local(ident("y"), 2);
  bool asked = false;
  auto block = [&](ModuleId m, Ident) { return asked = true; };
  RibHit hit;
  EXPECT_TRUE(ribs.lookup(RibSpace::Value, ident("y"), hit, block));
  EXPECT_FALSE(asked);
  RibHit outer;
  EXPECT_TRUE(ribs.lookup(RibSpace::Value, ident("x"), outer, block));
  EXPECT_TRUE(asked);
  EXPECT_EQ(outer.entry, nullptr);
}

// let x = 1; macro_rules! m { () => { x } } let x = 2; m!()  means the first x.
TEST_F(RibsTest, MacroBodySeesWhatWasInScopeAtItsDefinition) {
  DefId macro(kLocalCrate, 5);
  local(ident("x"), 1);
  ribs.pushMacro(macro);
  local(ident("x"), 2);
  SyntaxContext inside = expansionOf(macro);
  EXPECT_EQ(lookup(ident("x", inside)), 1);
  EXPECT_EQ(lookup(ident("x")), 2);
}

// A local that the macro's output declares is not seen by the caller.
TEST_F(RibsTest, MacroLocalsAreItsOwn) {
  DefId macro(kLocalCrate, 5);
  ribs.pushMacro(macro);
  SyntaxContext inside = expansionOf(macro);
  local(ident("t", inside), 3);
  EXPECT_EQ(lookup(ident("t")), -1);
  EXPECT_EQ(lookup(ident("t", inside)), 3);
}

} // namespace
