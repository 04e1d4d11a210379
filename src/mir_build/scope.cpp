// The stack of scopes and what is dropped when control leaves them. Every way out (fall through, break, else branch) emits
// the drops scheduled so far; ways out with a common target share the blocks of common drops through a tree, as in
// rustc_mir_build::builder::scope. Unwinding would be one more such tree; nothing unwinds under panic=abort.
#include "mir_build/builder.h"

namespace ferric::mir_build {

uint32_t DropTree::add(const DropData &d, uint32_t next) {
  auto [it, inserted] = existing.try_emplace({next, d.local.raw}, uint32_t(nodes.size()));
  if (inserted)
    nodes.push_back({d, next});
  return it->second;
}

size_t Builder::scopeIndex(RegionScope s) const {
  for (size_t i = scopes.size(); i-- > 0;)
    if (scopes[i].region == s)
      return i;
  UNREACHABLE("scope does not enclose");
}

static Statement storageDead(const DropData &d) {
  Statement s;
  s.kind = StatementKind::StorageDead;
  s.source = d.source;
  s.place = Place(d.local);
  return s;
}

void Builder::popScope(RegionScope region, BlockId &block) {
  Scope s = std::move(scopes.back());
  CHECK(s.region == region, "scopes out of step");
  for (const DropData &d : llvm::reverse(s.drops)) {
    if (d.kind == DropKind::Storage) {
      push(block, storageDead(d));
      continue;
    }
    if (llvm::is_contained(s.moved, d.local))
      continue;
    BlockId next = newBlock();
    Terminator &t = terminate(block, d.source, TerminatorKind::Drop, {next});
    t.place = Place(d.local);
    t.unwind = mayUnwind();
    block = next;
  }
  scopes.pop_back();
}

void Builder::scheduleDrop(Span span, RegionScope region, Local local, DropKind kind) {
  if (kind == DropKind::Value && !needsDrop(body.local(local).ty))
    return;
  CHECK(kind == DropKind::Value || local.raw > argCount, "storage of an argument");
  for (Scope &s : llvm::reverse(scopes))
    if (s.region == region) {
      s.drops.push_back({{span, s.source}, local, kind});
      return;
    }
  UNREACHABLE("scope to drop in does not enclose");
}

void Builder::recordMoved(llvm::ArrayRef<Operand> operands) {
  Scope &s = scopes.back();
  for (const Operand &o : operands)
    if (o.kind == mir::OperandKind::Move && o.place.isLocal())
      if (llvm::any_of(s.drops, [&](const DropData &d) { return d.local == o.place.local && d.kind == DropKind::Value; }))
        s.moved.push_back(o.place.local);
}

uint32_t Builder::addDropsAbove(DropTree &tree, size_t index) {
  uint32_t at = 0;
  for (size_t i = index + 1; i < scopes.size(); ++i)
    for (const DropData &d : scopes[i].drops)
      at = tree.add(d, at);
  return at;
}

// Gives every used node of the tree a block, links them, and sends the entries to theirs. Returns the block of the
// root: `root` if given, else a new one, or none when nothing leaves this way.
BlockId Builder::buildExitTree(DropTree &tree, BlockId root) {
  enum : uint8_t { None, Shares, Own };
  struct Need { uint8_t kind = None; uint32_t of = 0; };
  std::vector<BlockId> blocks(tree.nodes.size());
  std::vector<Need> needs(tree.nodes.size());
  blocks[0] = root;
  if (root.valid())
    needs[0].kind = Own;
  std::sort(tree.entries.begin(), tree.entries.end());
  // Leaves have higher indices than what they lead to.
  for (uint32_t i = uint32_t(tree.nodes.size()); i-- > 0;) {
    DropTree::Node &node = tree.nodes[i];
    if (!tree.entries.empty() && tree.entries.back().first == i) {
      if (!blocks[i].valid())
        blocks[i] = newBlock();
      needs[i].kind = Own;
      while (!tree.entries.empty() && tree.entries.back().first == i) {
        Terminator &t = body.block(tree.entries.back().second).terminator;
        CHECK(t.kind == TerminatorKind::UnwindResume, "entry of an exit tree");
        t.kind = TerminatorKind::Goto;
        t.targets = {blocks[i]};
        tree.entries.pop_back();
      }
    }
    if (needs[i].kind == None)
      continue;
    if (needs[i].kind == Own) {
      if (!blocks[i].valid())
        blocks[i] = newBlock();
    } else {
      blocks[i] = blocks[needs[i].of];
    }
    if (i == 0)
      break;
    Need &next = needs[node.next];
    if (node.data.kind == DropKind::Value || next.kind == Shares)
      next.kind = Own;
    else if (next.kind == None)
      next = {Shares, i};
  }
  for (uint32_t i = uint32_t(tree.nodes.size()); i-- > 1;) {
    if (!blocks[i].valid())
      continue;
    const DropData &d = tree.nodes[i].data;
    BlockId target = blocks[tree.nodes[i].next];
    if (d.kind == DropKind::Value) {
      Terminator &t = terminate(blocks[i], d.source, TerminatorKind::Drop, {target});
      t.place = Place(d.local);
      t.unwind = mayUnwind();
      continue;
    }
    push(blocks[i], storageDead(d));
    if (target != blocks[i])
      gotoBlock(blocks[i], {Span(), d.source.scope}, target);
  }
  return blocks[0];
}

void Builder::inBreakableScope(BlockId loopBlock, const Place &dest, Span span, BlockId &block, llvm::function_ref<bool()> f) {
  RegionScope region = localScope();
  BreakableScope s;
  s.region = region;
  s.destination = dest;
  s.hasContinue = loopBlock.valid();
  breakables_.push_back(std::move(s));
  bool falls = f();
  BreakableScope done = std::move(breakables_.back());
  breakables_.pop_back();
  BlockId exit = buildExitTree(done.breaks, BlockId());
  if (done.hasContinue)
    buildExitTree(done.continues, loopBlock);
  if (!falls) {
    block = exit.valid() ? exit : newBlock();
    return;
  }
  if (!exit.valid())
    return;
  BlockId target = newBlock();
  gotoBlock(block, sourceInfo(span), target);
  gotoBlock(exit, sourceInfo(span), target);
  block = target;
}

BlockId Builder::inIfThenScope(RegionScope region, Span span, llvm::function_ref<void()> f) {
  IfThenScope s;
  s.region = region;
  IfThenScope *outer = ifThen_;
  ifThen_ = &s;
  f();
  ifThen_ = outer;
  BlockId otherwise = buildExitTree(s.elseDrops, BlockId());
  return otherwise.valid() ? otherwise : newBlock();
}

void Builder::breakForElse(BlockId block, SourceInfo source) {
  CHECK(ifThen_, "no if-then scope");
  uint32_t at = addDropsAbove(ifThen_->elseDrops, scopeIndex(ifThen_->region));
  ifThen_->elseDrops.entries.push_back({at, block});
  terminate(block, source, TerminatorKind::UnwindResume); // replaced when the tree is built
}

void Builder::breakScope(BlockId &block, Expr *value, BreakTarget kind, RegionScope target, SourceInfo source) {
  size_t index = 0;
  if (kind != BreakTarget::Return) {
    index = breakables_.size();
    while (index > 0 && breakables_[index - 1].region != target)
      --index;
    CHECK(index > 0, "no enclosing breakable scope");
    --index;
  }
  if (kind != BreakTarget::Continue) {
    Place dest = breakables_[index].destination;
    if (value)
      exprInto(dest, block, value);
    else
      assignUnit(block, source, dest);
  }
  BreakableScope &s = breakables_[index];
  DropTree &tree = kind == BreakTarget::Continue ? s.continues : s.breaks;
  uint32_t at = addDropsAbove(tree, scopeIndex(s.region));
  tree.entries.push_back({at, block});
  terminate(block, source, TerminatorKind::UnwindResume);
  block = newBlock();
}

void Builder::dropAndReplace(BlockId &block, Span span, Place place, Rvalue value) {
  SourceInfo source = sourceInfo(span);
  BlockId next = newBlock();
  Terminator &t = terminate(block, source, TerminatorKind::Drop, {next});
  t.place = place;
  t.replaceDrop = true;
  t.unwind = mayUnwind();
  assign(next, source, std::move(place), std::move(value));
  block = next;
}

// The pattern of an arm is bound once per alternative of an or-pattern; all but one must not schedule drops.
void Builder::clearMatchArmAndGuardScopes() {
  CHECK(scopes.size() >= 2 && scopes.back().region.kind == ScopeKind::MatchGuard, "arm and guard scopes");
  scopes[scopes.size() - 1].drops.clear();
  scopes[scopes.size() - 2].drops.clear();
}

} // namespace ferric::mir_build
