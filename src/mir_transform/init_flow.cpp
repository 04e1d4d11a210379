// Forward data flow over both sets at once, joined by union. Reading an enum's discriminant tells which variants' paths are
// not initialised on each way out of the switch, which spares drop flags after a match that moved.
#include "mir_transform/init_flow.h"
#include "mir/cfg.h"

namespace ferric::mir_transform {

InitFlow::InitFlow(Ctx &tcx, const Body &body, const MoveData &moves, Switches switches)
    : tcx_(tcx), body_(body), moves_(moves), entry_(body.blocks.size()), reached_(body.blocks.size()), queued_(body.blocks.size()) {
  size_t n = moves.size();
  InitState start{PathSet(n), PathSet(n, true)};
  for (uint32_t arg = 1; arg <= body.argCount; ++arg) {
    MoveData::Lookup l = moves.find(Place(Local(arg)));
    if (l.exact)
      moves.onAllChildren(l.path, [&](MovePathId p) { start.maybeInit.set(p.raw); start.maybeUninit.reset(p.raw); });
  }
  entry_[0] = std::move(start);
  reached_[0] = true;
  // Blocks in order of reverse postorder position, so that loops settle fast.
  std::vector<BlockId> rpo = reversePostorder(body);
  std::vector<uint32_t> work;
  for (BlockId b : llvm::reverse(rpo)) {
    work.push_back(b.raw);
    queued_[b.raw] = true;
  }
  while (!work.empty()) {
    BlockId b(work.back());
    work.pop_back();
    queued_[b.raw] = false;
    if (!reached_[b.raw])
      continue;
    InitState s = entry_[b.raw];
    const BasicBlock &block = body.block(b);
    uint32_t i = 0;
    for (const Statement &st : block.statements)
      applyEffects(s, {b, i++}, &st);
    applyEffects(s, {b, i}, nullptr);
    const Terminator &t = block.terminator;
    if (t.kind == TerminatorKind::SwitchInt && switches == Switches::Variants) {
      switchEdges(b, s, work);
      continue;
    }
    if (t.kind == TerminatorKind::Call) {
      MovePathId dest = moves.returned(b);
      if (dest.valid())
        moves.onAllChildren(dest, [&](MovePathId p) { s.maybeInit.set(p.raw); s.maybeUninit.reset(p.raw); });
    }
    llvm::SmallVector<BlockId, 4> succ;
    successors(t, succ);
    for (BlockId target : succ)
      flowInto(target, s, work);
  }
  at_ = {BlockId(), 0};
}

void InitFlow::flowInto(BlockId target, const InitState &s, std::vector<uint32_t> &work) {
  InitState &in = entry_[target.raw];
  bool changed = false;
  if (!reached_[target.raw]) {
    in = s;
    reached_[target.raw] = true;
    changed = true;
  } else {
    changed = in.maybeInit.unite(s.maybeInit);
    changed |= in.maybeUninit.unite(s.maybeUninit);
  }
  if (changed && !queued_[target.raw]) {
    queued_[target.raw] = true;
    work.push_back(target.raw);
  }
}

void InitFlow::applyEffects(InitState &s, Location l, const Statement *st) {
  for (const PathEffect &e : moves_.effects(l))
    moves_.onAllChildren(e.path, [&](MovePathId p) {
      if (e.init) {
        s.maybeInit.set(p.raw);
        s.maybeUninit.reset(p.raw);
      } else {
        s.maybeInit.reset(p.raw);
        s.maybeUninit.set(p.raw);
      }
    });
  // Through a mutable borrow another variant may be written.
  if (!st || st->kind != StatementKind::Assign)
    return;
  const Rvalue &r = st->rvalue;
  bool mutBorrow = (r.kind == RvalueKind::Ref && (r.borrow == MirBorrowKind::Mut || r.borrow == MirBorrowKind::MutTwoPhase || r.borrow == MirBorrowKind::MutClosureCapture)) ||
                   r.kind == RvalueKind::RawPtr;
  if (!mutBorrow)
    return;
  MoveData::Lookup found = moves_.find(r.place);
  if (found.exact)
    moves_.onAllChildren(found.path, [&](MovePathId p) { s.maybeInit.set(p.raw); });
}

// The enum place whose discriminant a block ends by switching on; null: something else.
static const Place *switchedEnum(const Body &body, const BasicBlock &block) {
  const Operand &d = block.terminator.operand;
  if (!d.isPlace() || !d.place.isLocal())
    return nullptr;
  for (const Statement &s : llvm::reverse(block.statements)) {
    if (s.kind == StatementKind::Assign && s.place == d.place)
      return s.rvalue.kind == RvalueKind::Discriminant ? &s.rvalue.place : nullptr;
    if (s.kind == StatementKind::Assign)
      return nullptr;
  }
  return nullptr;
}

void InitFlow::switchEdges(BlockId b, const InitState &s, std::vector<uint32_t> &work) {
  const BasicBlock &block = body_.block(b);
  const Terminator &t = block.terminator;
  const Place *place = switchedEnum(body_, block);
  MoveData::Lookup found = place ? moves_.find(*place) : MoveData::Lookup();
  if (!found.exact || !moves_[found.path].ty.is(ty::TyKind::Adt) || !moves_[found.path].ty.adt()->isEnum()) {
    for (BlockId target : t.targets)
      flowInto(target, s, work);
    return;
  }
  llvm::SmallVector<ty::ScalarInt, 16> values;
  discriminants(tcx_, *moves_[found.path].ty.adt(), values);
  auto flowWithout = [&](BlockId target, llvm::function_ref<bool(uint32_t)> inactive) {
    InitState out = s;
    for (MovePathId c = moves_[found.path].firstChild; c.valid(); c = moves_[c].nextSibling) {
      const ProjElem &e = moves_[c].place.proj.back();
      if (e.kind == ProjKind::Downcast && inactive(e.index))
        moves_.onAllChildren(c, [&](MovePathId p) { out.maybeInit.reset(p.raw); out.maybeUninit.set(p.raw); });
    }
    flowInto(target, out, work);
  };
  for (size_t i = 0; i < t.values.size(); ++i)
    flowWithout(t.targets[i], [&](uint32_t v) { return !(values[v].lo == t.values[i].lo && values[v].hi == t.values[i].hi); });
  flowWithout(t.targets.back(), [&](uint32_t v) {
    return llvm::any_of(t.values, [&](const ty::ScalarInt &x) { return x.lo == values[v].lo && x.hi == values[v].hi; });
  });
}

const InitState &InitFlow::before(Location l) {
  if (at_.block != l.block || at_.statement > l.statement) {
    current_ = reached_[l.block.raw] ? entry_[l.block.raw] : InitState{PathSet(moves_.size()), PathSet(moves_.size())};
    at_ = {l.block, 0};
  }
  const BasicBlock &block = body_.block(l.block);
  while (at_.statement < l.statement) {
    applyEffects(current_, at_, &block.statements[at_.statement]);
    ++at_.statement;
  }
  return current_;
}

} // namespace ferric::mir_transform
