// Control-flow simplification (rustc_mir_transform::simplify): empty blocks that only jump on are skipped, a block is merged with its
// only predecessor, what is unreachable is removed and the rest renumbered in its order.
#include "mir/cfg.h"
#include "mir/visit.h"
#include "mir_transform/passes.h"

namespace ferric::mir_transform {

namespace {
class Simplifier {
public:
  explicit Simplifier(Body &body) : body(body), preds(body.blocks.size()) {
    preds[0] = 1;
    std::vector<BlockId> order = reversePostorder(body);
    for (BlockId b : order)
      forEachTarget(body.block(b).terminator, [&](BlockId &t) { ++preds[t.raw]; });
    hasDead = order.size() != body.blocks.size();
  }

  void run() {
    for (bool changed = true; changed;) {
      changed = false;
      for (uint32_t b = 0; b < body.blocks.size(); ++b) {
        if (!preds[b])
          continue;
        forEachTarget(body.blocks[b].terminator, [&](BlockId &t) { collapseChain(t, changed); });
        bool inner = true;
        while (inner) {
          inner = simplifyBranch(body.blocks[b].terminator);
          inner |= mergeSuccessor(b);
          changed |= inner;
        }
      }
      hasDead |= changed;
    }
    if (hasDead || llvm::count_if(body.blocks, isBareUnreachable) > 1)
      removeDead();
  }

private:
  // Where an empty chain of gotos ends.
  void collapseChain(BlockId &target, bool &changed) {
    llvm::SmallVector<BlockId, 8> chain;
    BlockId at = target;
    while (isEmptyGoto(at) && body.block(at).terminator.targets[0] != at) {
      if (llvm::is_contained(chain, at))
        return; // an endless loop
      chain.push_back(at);
      at = body.block(at).terminator.targets[0];
    }
    if (chain.empty())
      return;
    changed = true;
    --preds[target.raw];
    ++preds[at.raw];
    // Blocks of the chain that lost their last predecessor do not count as one any more.
    for (BlockId b : chain) {
      if (preds[b.raw])
        break;
      --preds[body.block(b).terminator.targets[0].raw];
    }
    target = at;
  }
  static bool isBareUnreachable(const BasicBlock &b) {
    return b.statements.empty() && b.terminator.kind == TerminatorKind::Unreachable && !b.isCleanup;
  }
  bool isEmptyGoto(BlockId b) const { return body.block(b).statements.empty() && body.block(b).terminator.kind == TerminatorKind::Goto; }

  bool mergeSuccessor(uint32_t b) {
    Terminator &t = body.blocks[b].terminator;
    if (t.kind != TerminatorKind::Goto)
      return false;
    BlockId target = t.targets[0];
    if (preds[target.raw] != 1 || target.raw == b || target.raw == 0)
      return false;
    BasicBlock &from = body.block(target);
    BasicBlock &to = body.blocks[b];
    if (to.statements.empty())
      std::swap(to.statements, from.statements);
    to.statements.insert(to.statements.end(), std::make_move_iterator(from.statements.begin()), std::make_move_iterator(from.statements.end()));
    from.statements.clear();
    Terminator next = std::move(from.terminator);
    from.terminator = Terminator();
    preds[target.raw] = 0;
    to.terminator = std::move(next);
    bool changed = false;
    forEachTarget(to.terminator, [&](BlockId &x) { collapseChain(x, changed); });
    return true;
  }

  // A switch whose ways all lead to one block.
  bool simplifyBranch(Terminator &t) {
    if (t.kind != TerminatorKind::SwitchInt)
      return false;
    for (BlockId x : t.targets)
      if (x != t.targets[0])
        return false;
    preds[t.targets[0].raw] -= uint32_t(t.targets.size()) - 1;
    t.kind = TerminatorKind::Goto;
    t.targets.truncate(1);
    t.values.clear();
    t.operand = Operand();
    return true;
  }

  void removeDead() {
    std::vector<bool> reachable(body.blocks.size());
    for (BlockId b : reversePostorder(body))
      reachable[b.raw] = true;
    // Blocks that are nothing but unreachable are one.
    std::vector<BlockId> renamed(body.blocks.size());
    uint32_t next = 0;
    BlockId unreachable;
    for (uint32_t b = 0; b < body.blocks.size(); ++b) {
      if (!reachable[b])
        continue;
      BasicBlock &block = body.blocks[b];
      bool empty = b != 0 && isBareUnreachable(block);
      if (empty && unreachable.valid()) {
        renamed[b] = unreachable;
        continue;
      }
      renamed[b] = BlockId(next);
      if (empty)
        unreachable = BlockId(next);
      if (next != b)
        body.blocks[next] = std::move(block);
      ++next;
    }
    body.blocks.resize(next);
    for (BasicBlock &b : body.blocks)
      forEachTarget(b.terminator, [&](BlockId &t) { t = renamed[t.raw]; });
  }

  Body &body;
  std::vector<uint32_t> preds;
  bool hasDead = false; // blocks that cannot be reached, perhaps
};
} // namespace

void simplifyCfg(Body &body) {
  if (body.blocks.size() > 1)
    Simplifier(body).run();
}

namespace {
// How often each local is read, or written other than by an assignment that could go.
struct UseCounter : Visitor {
  explicit UseCounter(size_t n) : uses(n) {}
  void visitLocal(Local &l, PlaceContext c, Location) override {
    if (!isStorage(c) && c != PlaceContext::DebugInfo && c != PlaceContext::Store)
      uses[l.raw] += delta;
  }
  std::vector<int> uses;
  int delta = 1;
};
} // namespace

// Makes a function into a pointer, or may need a vtable: what that is of is mentioned and must be found by the collector.
static bool mentionsFns(const Rvalue &r) {
  if (r.kind != RvalueKind::Cast)
    return false;
  return r.cast == CastKind::ReifyFnPointer || r.cast == CastKind::ClosureFnPointer || r.cast == CastKind::Unsize;
}

// Assignments to temporaries that nothing reads go: an rvalue has no effect. What they read may then be unread itself.
static void removeDeadStores(Body &body, UseCounter &counter) {
  auto isDead = [&](const Statement &s) {
    if (s.kind != StatementKind::Assign || s.place.hasDerefFirst() || mentionsFns(s.rvalue))
      return false;
    Local l = s.place.local;
    return l.raw > body.argCount && !counter.uses[l.raw] && !body.local(l).isUserVariable;
  };
  counter.delta = -1;
  for (bool changed = true; changed;) {
    changed = false;
    for (BasicBlock &b : body.blocks)
      for (Statement &s : llvm::reverse(b.statements))
        if (isDead(s)) {
          counter.visitStatement(s, {});
          s = Statement();
          changed = true;
        }
  }
  for (BasicBlock &b : body.blocks)
    llvm::erase_if(b.statements, [](const Statement &s) { return s.kind == StatementKind::Nop; });
}

void removeUnusedLocals(Body &body) {
  UseCounter counter(body.locals.size());
  counter.visitBody(body);
  removeDeadStores(body, counter);
  std::vector<bool> used(body.locals.size());
  for (uint32_t i = 0; i < body.locals.size(); ++i)
    used[i] = counter.uses[i] || i <= body.argCount;
  for (const BasicBlock &b : body.blocks)
    for (const Statement &s : b.statements)
      if (s.kind == StatementKind::Assign)
        used[s.place.local.raw] = true;
  std::vector<Local> renamed(body.locals.size());
  uint32_t next = 0;
  for (uint32_t i = 0; i < body.locals.size(); ++i) {
    if (!used[i])
      continue;
    renamed[i] = Local(next);
    if (next != i)
      body.locals[next] = body.locals[i];
    ++next;
  }
  if (next == body.locals.size())
    return;
  body.locals.resize(next);
  llvm::erase_if(body.varDebugInfo, [&](const VarDebugInfo &v) { return !used[v.place.local.raw]; });
  for (BasicBlock &b : body.blocks)
    llvm::erase_if(b.statements, [&](const Statement &s) {
      return (s.kind == StatementKind::StorageLive || s.kind == StatementKind::StorageDead) && !used[s.place.local.raw];
    });
  struct Renamer : Visitor {
    explicit Renamer(std::vector<Local> &to) : to(to) {}
    void visitLocal(Local &l, PlaceContext, Location) override { l = to[l.raw]; }
    void visitTerminator(Terminator &t, Location at) override {
      if (t.kind != TerminatorKind::Return)
        superTerminator(t, at);
    }
    std::vector<Local> &to;
  };
  Renamer(renamed).visitBody(body);
}

} // namespace ferric::mir_transform
