// Control-flow questions. Everything is computed afresh when asked: bodies are small, and a cache would
// have to be invalidated by every pass.
#include "mir/cfg.h"

namespace ferric::mir {

void successors(const Terminator &t, llvm::SmallVectorImpl<BlockId> &out) {
  forEachTarget(const_cast<Terminator &>(t), [&](BlockId &b) { out.push_back(b); });
}

std::vector<llvm::SmallVector<BlockId, 4>> predecessors(const Body &body) {
  std::vector<llvm::SmallVector<BlockId, 4>> preds(body.blocks.size());
  llvm::SmallVector<BlockId, 8> succ;
  for (uint32_t b = 0; b < body.blocks.size(); ++b) {
    succ.clear();
    successors(body.blocks[b].terminator, succ);
    for (BlockId s : succ)
      preds[s.raw].push_back(BlockId(b));
  }
  return preds;
}

std::vector<BlockId> reversePostorder(const Body &body) {
  if (body.blocks.size() == 1)
    return {BlockId(0)};
  struct Frame { BlockId block; size_t left; }; // how many of its successors, which lie on `pending`, are still to be entered
  std::vector<BlockId> order;
  order.reserve(body.blocks.size());
  std::vector<bool> seen(body.blocks.size());
  llvm::SmallVector<Frame, 32> stack;
  llvm::SmallVector<BlockId, 64> pending;
  auto enter = [&](BlockId b) {
    seen[b.raw] = true;
    size_t from = pending.size();
    successors(body.block(b).terminator, pending);
    std::reverse(pending.begin() + from, pending.end());
    stack.push_back({b, pending.size() - from});
  };
  enter(BlockId(0));
  while (!stack.empty()) {
    Frame &top = stack.back();
    if (!top.left) {
      order.push_back(top.block);
      stack.pop_back();
      continue;
    }
    --top.left;
    BlockId next = pending.pop_back_val();
    if (!seen[next.raw])
      enter(next);
  }
  std::reverse(order.begin(), order.end());
  return order;
}

Dominators::Dominators(const Body &body) : order_(body.blocks.size(), ~0u), idom_(body.blocks.size()) {
  std::vector<BlockId> rpo = reversePostorder(body);
  for (uint32_t i = 0; i < rpo.size(); ++i)
    order_[rpo[i].raw] = i;
  std::vector<llvm::SmallVector<BlockId, 4>> preds = predecessors(body);
  idom_[0] = BlockId(0);
  auto intersect = [&](BlockId a, BlockId b) {
    while (a != b) {
      while (order_[a.raw] > order_[b.raw])
        a = idom_[a.raw];
      while (order_[b.raw] > order_[a.raw])
        b = idom_[b.raw];
    }
    return a;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (BlockId b : llvm::ArrayRef<BlockId>(rpo).drop_front()) {
      BlockId best;
      for (BlockId p : preds[b.raw])
        if (isReachable(p) && idom_[p.raw].valid())
          best = best.valid() ? intersect(p, best) : p;
      if (best != idom_[b.raw]) {
        idom_[b.raw] = best;
        changed = true;
      }
    }
  }
}

bool Dominators::dominates(BlockId a, BlockId b) const {
  while (order_[b.raw] > order_[a.raw])
    b = idom_[b.raw];
  return a == b;
}

Local Patch::newTemp(Ty ty, SourceInfo source) {
  LocalDecl d;
  d.ty = ty;
  d.source = source;
  d.mut = Mutability::Mut;
  locals_.push_back(d);
  return Local(uint32_t(body_.locals.size() + locals_.size() - 1));
}

BlockId Patch::newBlock(BasicBlock block) {
  blocks_.push_back(std::move(block));
  return BlockId(uint32_t(body_.blocks.size() + blocks_.size() - 1));
}

void Patch::addAssign(BlockId block, uint32_t before, SourceInfo source, Place place, Rvalue rvalue) {
  Statement s;
  s.kind = StatementKind::Assign;
  s.source = source;
  s.place = std::move(place);
  s.rvalue = std::move(rvalue);
  addStatement(block, before, std::move(s));
}

const Terminator &Patch::terminator(BlockId b) const {
  auto it = terminators_.find(b.raw);
  if (it != terminators_.end())
    return it->second;
  return b.raw < body_.blocks.size() ? body_.block(b).terminator : blocks_[b.raw - body_.blocks.size()].terminator;
}

void Patch::apply() {
  for (LocalDecl &l : locals_)
    body_.locals.push_back(std::move(l));
  for (BasicBlock &b : blocks_)
    body_.blocks.push_back(std::move(b));
  for (auto &[b, t] : terminators_) {
    body_.blocks[b].terminator = std::move(t);
    body_.blocks[b].hasTerminator = true;
  }
  std::sort(added_.begin(), added_.end(), [](const Added &a, const Added &b) {
    return std::tie(a.block.raw, a.before, a.order) < std::tie(b.block.raw, b.before, b.order);
  });
  // Rebuild each touched block once.
  for (size_t i = 0; i < added_.size();) {
    BlockId block = added_[i].block;
    std::vector<Statement> &old = body_.block(block).statements;
    std::vector<Statement> merged;
    merged.reserve(old.size() + 4);
    uint32_t at = 0;
    for (; i < added_.size() && added_[i].block == block; ++i) {
      while (at < added_[i].before && at < old.size())
        merged.push_back(std::move(old[at++]));
      merged.push_back(std::move(added_[i].statement));
    }
    while (at < old.size())
      merged.push_back(std::move(old[at++]));
    old = std::move(merged);
  }
  added_.clear();
  blocks_.clear();
  terminators_.clear();
  locals_.clear();
}

} // namespace ferric::mir
