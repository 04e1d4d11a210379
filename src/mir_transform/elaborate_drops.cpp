// Drops become what they do (rustc-dev-guide, "Drop elaboration"): nothing where a value was moved, a call of its drop glue where it is
// surely there, a test of a drop flag where that depends on the path taken. Flags are set and cleared where values come and go.
#include "mir_transform/drop_ladder.h"
#include "mir_transform/init_flow.h"
#include "mir_transform/passes.h"

namespace ferric::mir_transform {

namespace {
class Elaborator : public DropOracle {
public:
  Elaborator(Ctx &tcx, Body &body, ParamEnv env)
      : tcx(tcx), body(body), env(env), moves(tcx, body, env), flow(tcx, body, moves), patch(body), flags(moves.size()) {}

  void run() {
    collectFlags();
    elaborateDrops();
    initFlags();
    setFlags();
    patch.apply();
  }

  DropStyle style(MovePathId path, bool deep) override {
    bool init = false, uninit = false;
    unsigned count = 0;
    auto look = [&](MovePathId p) {
      init |= state->maybeInit.test(p.raw);
      uninit |= state->maybeUninit.test(p.raw);
      ++count;
    };
    if (deep)
      moves.onAllChildren(path, look);
    else
      look(path);
    if (!init)
      return DropStyle::Dead;
    if (!uninit)
      return DropStyle::Static;
    return deep && count != 1 ? DropStyle::Open : DropStyle::Conditional;
  }
  bool dropFlag(MovePathId path, Operand &out) override {
    if (!flags[path.raw].valid())
      return false;
    out = Operand::copy(Place(flags[path.raw]));
    return true;
  }
  void clearFlag(BlockId block, MovePathId path, bool deep) override {
    if (!deep)
      return set({block, 0}, path, false);
    moves.onAllChildren(path, [&](MovePathId p) { set({block, 0}, p, false); });
  }
  MovePathId child(MovePathId path, llvm::function_ref<bool(const ProjElem &)> matches) override { return moves.child(path, matches); }
  MovePathId downcastChild(MovePathId path, uint32_t variant) override {
    return moves.child(path, [&](const ProjElem &e) { return e.kind == ProjKind::Downcast && e.index == variant; });
  }

private:
  Location terminatorOf(uint32_t b) const { return {BlockId(b), uint32_t(body.blocks[b].statements.size())}; }

  void set(Location l, MovePathId path, bool value) {
    if (!flags[path.raw].valid())
      return;
    Rvalue r;
    r.operands.push_back(Operand::ofConst(constBool(tcx, value)));
    patch.addAssign(l.block, l.statement, {body.span, ScopeId(0)}, Place(flags[path.raw]), std::move(r));
  }

  void collectFlags() {
    for (uint32_t b = 0; b < body.blocks.size(); ++b) {
      const Terminator &t = body.blocks[b].terminator;
      if (t.kind != TerminatorKind::Drop)
        continue;
      MoveData::Lookup l = moves.find(t.place);
      if (!l.exact)
        continue;
      const InitState &s = flow.before(terminatorOf(b));
      moves.onAllChildren(l.path, [&](MovePathId p) {
        if (s.maybeInit.test(p.raw) && s.maybeUninit.test(p.raw) && !flags[p.raw].valid())
          flags[p.raw] = patch.newTemp(tcx.common.bool_, {t.source.span, ScopeId(0)});
      });
    }
  }

  void elaborateDrops() {
    for (uint32_t b = 0; b < body.blocks.size(); ++b) {
      const Terminator t = body.blocks[b].terminator;
      if (t.kind != TerminatorKind::Drop)
        continue;
      Terminator skip;
      skip.kind = TerminatorKind::Goto;
      skip.source = t.source;
      skip.targets = {t.targets[0]};
      if (!needsDrop(tcx, env, placeTy(tcx, body, t.place).ty)) {
        patch.setTerminator(BlockId(b), std::move(skip));
        continue;
      }
      MoveData::Lookup l = moves.find(t.place);
      if (!l.exact) // behind a reference: assigned, so it is there
        continue;
      state = &flow.before(terminatorOf(b));
      DropLadder(tcx, env, body, patch, *this, t.source).elaborate(BlockId(b), t.place, l.path, t.targets[0]);
    }
  }

  void initFlags() {
    for (uint32_t p = 0; p < flags.size(); ++p)
      set({BlockId(0), 0}, MovePathId(p), false);
    for (uint32_t arg = 1; arg <= body.argCount; ++arg) {
      MoveData::Lookup l = moves.find(Place(Local(arg)));
      if (l.exact)
        moves.onAllChildren(l.path, [&](MovePathId p) { set({BlockId(0), 0}, p, true); });
    }
  }

  void setFlags() {
    if (llvm::none_of(flags, [](Local l) { return l.valid(); }))
      return;
    for (uint32_t b = 0; b < body.blocks.size(); ++b) {
      const BasicBlock &block = body.blocks[b];
      for (uint32_t i = 0; i <= block.statements.size(); ++i) {
        if (i == block.statements.size() && block.terminator.kind == TerminatorKind::Drop)
          continue; // its elaboration saw to that
        for (const PathEffect &e : moves.effects({BlockId(b), i}))
          moves.onAllChildren(e.path, [&](MovePathId p) { set({BlockId(b), i}, p, e.init); });
      }
      // There is no block of its own between a call and where it returns: the flag is set before.
      MovePathId returned = moves.returned(BlockId(b));
      if (returned.valid())
        moves.onAllChildren(returned, [&](MovePathId p) { set(terminatorOf(b), p, true); });
    }
  }

  Ctx &tcx;
  Body &body;
  ParamEnv env;
  MoveData moves;
  InitFlow flow;
  Patch patch;
  std::vector<Local> flags;
  const InitState *state = nullptr;
};
} // namespace

void elaborateDrops(Ctx &tcx, Body &body, ParamEnv env) {
  if (llvm::none_of(body.blocks, [](const BasicBlock &b) { return b.terminator.kind == TerminatorKind::Drop; }))
    return;
  Elaborator(tcx, body, env).run();
}

} // namespace ferric::mir_transform
