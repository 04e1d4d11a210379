// Control-flow simplification: chains collapse, single-entry blocks merge, endless loops stay.
#include "mir_transform/passes.h"
#include <gtest/gtest.h>

using namespace ferric;
using namespace ferric::mir;

static void addGoto(Body &b, uint32_t target, bool statement = false) {
  BasicBlock &block = b.block(b.addBlock());
  block.hasTerminator = true;
  block.terminator.kind = TerminatorKind::Goto;
  block.terminator.targets = {BlockId(target)};
  if (statement)
    block.statements.emplace_back().kind = StatementKind::ConstEvalCounter;
}
static void addReturn(Body &b) {
  BasicBlock &block = b.block(b.addBlock());
  block.hasTerminator = true;
  block.terminator.kind = TerminatorKind::Return;
}

TEST(SimplifyCfg, MergesAStraightLineIntoOneBlock) {
  Body b;
  addGoto(b, 1, true);
  addGoto(b, 3);
  addReturn(b);
  addGoto(b, 2, true);
  mir_transform::simplifyCfg(b);
  ASSERT_EQ(b.blocks.size(), 1u);
  EXPECT_EQ(b.blocks[0].statements.size(), 2u);
  EXPECT_EQ(b.blocks[0].terminator.kind, TerminatorKind::Return);
}

TEST(SimplifyCfg, LeavesAnEmptyEndlessLoop) {
  Body b;
  addGoto(b, 1);
  addGoto(b, 2);
  addGoto(b, 1);
  mir_transform::simplifyCfg(b);
  EXPECT_EQ(b.blocks.back().terminator.kind, TerminatorKind::Goto);
}

TEST(SimplifyCfg, ASwitchWithOneWayOutIsAGoto) {
  Body b;
  BasicBlock &first = b.block(b.addBlock());
  first.hasTerminator = true;
  first.terminator.kind = TerminatorKind::SwitchInt;
  first.terminator.values.push_back({0, 0, 1});
  first.terminator.targets = {BlockId(1), BlockId(1)};
  addReturn(b);
  mir_transform::simplifyCfg(b);
  ASSERT_EQ(b.blocks.size(), 1u);
  EXPECT_EQ(b.blocks[0].terminator.kind, TerminatorKind::Return);
}
