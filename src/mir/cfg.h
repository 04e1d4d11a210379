// The control-flow graph of a body: neighbours, orders, dominators.
#pragma once
#include "mir/mir.h"

namespace ferric::mir {

// All successors, the cleanup block included.
void successors(const Terminator &t, llvm::SmallVectorImpl<BlockId> &out);
// Calls f(BlockId &) on every target, the cleanup block included.
template <class F> void forEachTarget(Terminator &t, F &&f) {
  for (BlockId &b : t.targets)
    f(b);
  if (t.kind == TerminatorKind::InlineAsm)
    for (AsmOperand &o : t.asmData->operands)
      if (o.kind == ast::AsmOperandKind::Label)
        f(o.label);
  if (t.unwind == UnwindAction::Cleanup)
    f(t.cleanup);
}
// Predecessors of every block, unreachable ones included.
std::vector<llvm::SmallVector<BlockId, 4>> predecessors(const Body &body);
// Reachable blocks so that every block comes before its successors, back edges apart.
std::vector<BlockId> reversePostorder(const Body &body);

// Immediate dominators of reachable blocks (Cooper, Harvey, Kennedy: "A Simple, Fast Dominance Algorithm").
class Dominators {
public:
  explicit Dominators(const Body &body);
  bool isReachable(BlockId b) const { return order_[b.raw] != ~0u; }
  BlockId idom(BlockId b) const { return idom_[b.raw]; } // itself for the start block
  bool dominates(BlockId a, BlockId b) const;

private:
  std::vector<uint32_t> order_; // position in reverse postorder; ~0: unreachable
  std::vector<BlockId> idom_;
};

// A body being changed: statements and blocks are collected and put in at once (rustc_middle MirPatch).
class Patch {
public:
  explicit Patch(Body &body) : body_(body) {}
  Local newTemp(Ty ty, SourceInfo source);
  BlockId newBlock(BasicBlock block);
  Ty localTy(Local l) const { return l.raw < body_.locals.size() ? body_.local(l).ty : locals_[l.raw - body_.locals.size()].ty; }
  void addStatement(BlockId block, uint32_t before, Statement s) { added_.push_back({block, before, uint32_t(added_.size()), std::move(s)}); }
  void addAssign(BlockId block, uint32_t before, SourceInfo source, Place place, Rvalue rvalue);
  void setTerminator(BlockId block, Terminator t) { terminators_[block.raw] = std::move(t); }
  const Terminator &terminator(BlockId b) const;
  void apply();

private:
  struct Added { BlockId block; uint32_t before, order; Statement statement; };
  Body &body_;
  std::vector<Added> added_;
  std::vector<BasicBlock> blocks_;
  llvm::DenseMap<uint32_t, Terminator> terminators_;
  std::vector<LocalDecl> locals_;
};

} // namespace ferric::mir
