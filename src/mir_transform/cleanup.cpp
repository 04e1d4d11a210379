// Small passes that bring built MIR into the runtime form: normalisation, removal of what only analyses read, separation of
// derefs, moves for packed drops (rustc_mir_transform::{post_analysis_normalize, cleanup_post_borrowck, deref_separator,
// elaborate_box_derefs, add_moves_for_packed_drops}).
#include "mir/cfg.h"
#include "mir/visit.h"
#include "mir_transform/passes.h"
#include "traits/normalize.h"

namespace ferric::mir_transform {

using ty::TyKind;

namespace {
class Normalizer : public Visitor {
public:
  Normalizer(Ctx &tcx, ParamEnv env) : tcx(tcx), env(env) {}
  void visitTy(Ty &t) override {
    if (t.has(ty::kHasAlias))
      t = traits::normalizeErasingRegions(tcx, env, t);
  }
  void args(GenericArgs &a) {
    if (a.flags() & ty::kHasAlias)
      a = traits::normalizeErasingRegions(tcx, env, a);
  }
  void konst(ty::Const &c) {
    if (c && c.has(ty::kHasAlias))
      c = traits::normalizeErasingRegions(tcx, env, c);
  }
  void visitConstant(Constant &c, Location) override {
    visitTy(c.ty);
    args(c.args);
    konst(c.ct);
  }
  void visitRvalue(Rvalue &r, Location at) override {
    args(r.args);
    konst(r.count);
    superRvalue(r, at);
  }

private:
  Ctx &tcx;
  ParamEnv env;
};
} // namespace

void normalizePostAnalysis(Ctx &tcx, Body &body, ParamEnv env) { Normalizer(tcx, env).visitBody(body); }

void removeAnalysisOnly(Body &body) {
  for (BasicBlock &b : body.blocks) {
    llvm::erase_if(b.statements, [](const Statement &s) {
      if (s.kind == StatementKind::Assign)
        return s.rvalue.kind == RvalueKind::Ref && (s.rvalue.borrow == MirBorrowKind::FakeShallow || s.rvalue.borrow == MirBorrowKind::FakeDeep);
      return s.kind == StatementKind::Nop || s.kind == StatementKind::FakeRead || s.kind == StatementKind::PlaceMention || s.kind == StatementKind::AscribeUserType;
    });
    Terminator &t = b.terminator;
    if (t.kind == TerminatorKind::FalseEdge || t.kind == TerminatorKind::FalseUnwind) {
      t.kind = TerminatorKind::Goto;
      t.targets.truncate(1);
    }
  }
}

namespace {
class Derefer : public Visitor {
public:
  Derefer(Ctx &tcx, Body &body, ParamEnv env) : tcx(tcx), body(body), env(env), patch(body) {}
  void visitPlace(Place &p, PlaceContext c, Location at) override {
    if (c == PlaceContext::DebugInfo)
      return;
    bool deep = false, box = false;
    PlaceTy t{body.local(p.local).ty, -1};
    for (size_t i = 0; i < p.proj.size(); ++i) {
      bool deref = p.proj[i].kind == ProjKind::Deref;
      deep |= deref && i > 0;
      box |= deref && t.ty.isBox();
      t = projectTy(tcx, t, p.proj[i]);
    }
    if (!deep && !box)
      return;
    SourceInfo source = at.statement < body.block(at.block).statements.size() ? body.block(at.block).statements[at.statement].source
                                                                              : body.block(at.block).terminator.source;
    Place out(p.local);
    t = {body.local(p.local).ty, -1};
    for (const ProjElem &e : p.proj) {
      if (e.kind == ProjKind::Deref && t.ty.isBox())
        out = boxPointer(out, t.ty, at, source);
      else if (e.kind == ProjKind::Deref && !out.proj.empty())
        out = copyOf(out, t.ty, at, source);
      out.proj.push_back(e);
      t = projectTy(tcx, t, e);
    }
    p = std::move(out);
  }
  void apply() { patch.apply(); }

private:
  Place copyOf(const Place &from, Ty ty, Location at, SourceInfo source) {
    Local temp = patch.newTemp(ty, source);
    Rvalue r;
    r.operands.push_back(Operand::copy(from));
    patch.addAssign(at.block, at.statement, source, Place(temp), std::move(r));
    return Place(temp);
  }
  // box.0: Unique, .0: NonNull, as *const T
  Place boxPointer(const Place &box, Ty ty, Location at, SourceInfo source) {
    Ty uniqueTy = fieldTyNormalized(tcx, env, ty.adt()->variants[0].fields[0], ty.args());
    Ty nonNullTy = fieldTyNormalized(tcx, env, uniqueTy.adt()->variants[0].fields[0], uniqueTy.args());
    Ty ptrTy = tcx.mkPtr(ty.args()[0].ty(), Mutability::Not);
    Local ptr = patch.newTemp(ptrTy, source);
    Rvalue r;
    r.kind = RvalueKind::Cast;
    r.cast = CastKind::Transmute;
    r.ty = ptrTy;
    r.operands.push_back(Operand::copy(box.field(0, uniqueTy).field(0, nonNullTy)));
    patch.addAssign(at.block, at.statement, source, Place(ptr), std::move(r));
    return Place(ptr);
  }
  Ctx &tcx;
  Body &body;
  ParamEnv env;
  Patch patch;
};
} // namespace

void separateDerefs(Ctx &tcx, Body &body, ParamEnv env) {
  Derefer d(tcx, body, env);
  d.visitBody(body);
  d.apply();
}

// A field of a packed struct, not behind a deref, may lie at any address.
static bool isInPacked(Ctx &tcx, const Body &body, const Place &p) {
  bool packed = false;
  PlaceTy t{body.local(p.local).ty, -1};
  for (const ProjElem &e : p.proj) {
    if (e.kind == ProjKind::Deref)
      packed = false;
    else if (e.kind == ProjKind::Field && t.ty.is(TyKind::Adt) && t.ty.adt()->repr.pack)
      packed = true;
    t = projectTy(tcx, t, e);
  }
  return packed;
}

void moveForPackedDrops(Ctx &tcx, Body &body, ParamEnv env) {
  Patch patch(body);
  for (uint32_t b = 0; b < body.blocks.size(); ++b) {
    const Terminator &t = body.blocks[b].terminator;
    if (t.kind != TerminatorKind::Drop || t.place.proj.empty() || !isInPacked(tcx, body, t.place))
      continue;
    Ty ty = placeTy(tcx, body, t.place).ty;
    if (ty.is(TyKind::Slice) || ty.is(TyKind::Dynamic))
      continue;
    Local temp = patch.newTemp(ty, t.source);
    auto storage = [&](StatementKind k) {
      Statement s;
      s.kind = k;
      s.source = t.source;
      s.place = Place(temp);
      return s;
    };
    BasicBlock dead;
    dead.statements.push_back(storage(StatementKind::StorageDead));
    dead.terminator.kind = TerminatorKind::Goto;
    dead.terminator.source = t.source;
    dead.terminator.targets = {t.targets[0]};
    dead.hasTerminator = true;
    uint32_t end = uint32_t(body.blocks[b].statements.size());
    patch.addStatement(BlockId(b), end, storage(StatementKind::StorageLive));
    Rvalue move;
    move.operands.push_back(Operand::move(t.place));
    patch.addAssign(BlockId(b), end, t.source, Place(temp), std::move(move));
    Terminator drop = t;
    drop.place = Place(temp);
    drop.targets = {patch.newBlock(std::move(dead))};
    patch.setTerminator(BlockId(b), std::move(drop));
  }
  patch.apply();
}

void collectRequiredConsts(Body &body, llvm::ArrayRef<BlockId> order) {
  struct Collector : Visitor {
    explicit Collector(std::vector<Constant> &out) : out(out) {}
    void visitConstant(Constant &c, Location) override {
      bool required = (c.kind == ConstantKind::Unevaluated && !c.promoted.valid()) || (c.kind == ConstantKind::Ty && c.ct.is(ty::ConstKind::Unevaluated));
      DefId def = c.kind == ConstantKind::Ty && required ? c.ct.def() : c.def;
      GenericArgs args = c.kind == ConstantKind::Ty && required ? c.ct.args() : c.args;
      if (required && seen.insert({def.raw, args.p}).second)
        out.push_back(c);
    }
    std::vector<Constant> &out;
    llvm::DenseSet<std::pair<uint32_t, const void *>> seen;
  };
  std::vector<Constant> found;
  Collector c(found);
  for (BlockId id : order) { // what follows a `return` is not part of it
    BasicBlock &block = body.block(id);
    for (Statement &s : block.statements)
      c.visitStatement(s, {});
    c.visitTerminator(block.terminator, {});
  }
  body.requiredConsts = std::move(found);
}

} // namespace ferric::mir_transform
