// Orders and dominators on small graphs, and patches that change several places of a block at once.
#include "mir/cfg.h"
#include <gtest/gtest.h>

using namespace ferric;
using namespace ferric::mir;

// A body whose block i goes to targets[i]; none: returns.
static Body graph(std::vector<std::vector<uint32_t>> targets) {
  Body b;
  for (const std::vector<uint32_t> &ts : targets) {
    BasicBlock &block = b.block(b.addBlock());
    block.hasTerminator = true;
    block.terminator.kind = ts.empty() ? TerminatorKind::Return : ts.size() == 1 ? TerminatorKind::Goto : TerminatorKind::SwitchInt;
    for (uint32_t t : ts)
      block.terminator.targets.push_back(BlockId(t));
  }
  return b;
}

TEST(Cfg, ReversePostorderPutsAJoinAfterItsBranches) {
  Body b = graph({{1, 2}, {3}, {3}, {}, {3}});
  std::vector<BlockId> order = reversePostorder(b);
  ASSERT_EQ(order.size(), 4u); // block 4 is not reachable
  EXPECT_EQ(order.front(), BlockId(0));
  EXPECT_EQ(order.back(), BlockId(3));
}

TEST(Cfg, BranchesDoNotDominateTheirJoinAndLoopsKeepTheirHead) {
  Body b = graph({{1, 2}, {3}, {3}, {4, 5}, {3}, {}});
  Dominators d(b);
  EXPECT_EQ(d.idom(BlockId(3)), BlockId(0));
  EXPECT_FALSE(d.dominates(BlockId(1), BlockId(3)));
  EXPECT_TRUE(d.dominates(BlockId(3), BlockId(5)));
  EXPECT_EQ(d.idom(BlockId(4)), BlockId(3));
}

TEST(Patch, KeepsTheOrderOfStatementsAddedAtOnePlace) {
  Body b = graph({{}});
  auto live = [](uint32_t l) {
    Statement s;
    s.kind = StatementKind::StorageLive;
    s.place = Place(Local(l));
    return s;
  };
  b.block(BlockId(0)).statements = {live(1), live(2)};
  Patch p(b);
  p.addStatement(BlockId(0), 2, live(30));
  p.addStatement(BlockId(0), 1, live(10));
  p.addStatement(BlockId(0), 1, live(11));
  p.apply();
  std::vector<uint32_t> locals;
  for (const Statement &s : b.block(BlockId(0)).statements)
    locals.push_back(s.place.local.raw);
  EXPECT_EQ(locals, (std::vector<uint32_t>{1, 10, 11, 2, 30}));
}
