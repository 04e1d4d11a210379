// Which locals need memory: those whose address is taken, that are assigned twice or in parts, or that are read where their one
// definition does not dominate (rustc_codegen_ssa::mir::analyze). The rest become SSA values.
#include "codegen/function.h"
#include "mir/cfg.h"
#include "mir/visit.h"
#include "traits/type_info.h"

namespace ferric::codegen {

using mir::Location; using mir::PlaceContext; using mir::ProjKind;

namespace {
struct Definition { bool isArg = false; bool isCall = false; BlockId block; uint32_t statement = 0; BlockId target; };

class LocalAnalyzer : public mir::Visitor {
public:
  LocalAnalyzer(Ctx &tcx, const Instance &instance, const mir::Body &body, llvm::ArrayRef<TyLayout> layouts)
      : tcx_(tcx), instance_(instance), body_(body), layouts_(layouts), dominators_(body), kinds(body.locals.size()), escapes(body.locals.size()), defs_(body.locals.size()) {
    for (size_t i = 0; i < layouts.size(); ++i) {
      const layout::Layout &l = *layouts[i].layout;
      kinds[i] = l.isZst() ? LocalKind::Zst : l.isMemory() ? LocalKind::Memory : LocalKind::Unused;
    }
    for (uint32_t i = 1; i <= body.argCount; ++i)
      define(Local(i), {true, false, {}, 0, {}});
  }

  void visitStatement(mir::Statement &s, Location at) override {
    if (s.kind != mir::StatementKind::Assign) {
      superStatement(s, at);
      return;
    }
    if (s.place.isLocal())
      define(s.place.local, {false, false, at.block, at.statement, {}});
    else
      visitPlace(s.place, PlaceContext::Store, at);
    visitRvalue(s.rvalue, at);
  }

  void visitPlace(mir::Place &p, PlaceContext c, Location at) override {
    for (const mir::ProjElem &e : p.proj)
      if (e.kind == ProjKind::Index)
        useLocal(Local(e.index), PlaceContext::Copy, at);
    if (p.proj.empty()) {
      useLocal(p.local, c, at);
      return;
    }
    size_t direct = 0; // projections before the first dereference
    while (direct < p.proj.size() && p.proj[direct].kind != ProjKind::Deref)
      ++direct;
    bool indirect = direct < p.proj.size();
    bool reads = indirect || c == PlaceContext::Copy || c == PlaceContext::Move || c == PlaceContext::Inspect;
    if (!reads || !staysInRegisters(p, direct)) {
      if (direct > 0 || !indirect) {
        toMemory(p.local);
        return;
      }
    }
    useLocal(p.local, PlaceContext::Copy, at);
  }

private:
  // Whether the first `n` projections of a scalar or pair can be done on the value itself.
  bool staysInRegisters(const mir::Place &p, size_t n) {
    TyLayout l = layouts_[p.local.raw];
    for (size_t i = 0; i < n; ++i) {
      if (l->isMemory() && !l->isZst())
        return false;
      const mir::ProjElem &e = p.proj[i];
      if (e.kind == ProjKind::Field && !l->isVector())
        l = layout::fieldOf(tcx_, l, e.index);
      else if (e.kind == ProjKind::Downcast)
        l = layout::forVariant(tcx_, l, e.index);
      else if (e.kind == ProjKind::OpaqueCast || e.kind == ProjKind::UnwrapUnsafeBinder)
        l = layout::tyLayout(tcx_, mono::monoTy(tcx_, instance_, e.ty));
      else
        return false;
    }
    return !l->isMemory() || l->isZst();
  }

  void toMemory(Local l) {
    escapes[l.raw] = true;
    if (kinds[l.raw] != LocalKind::Zst)
      kinds[l.raw] = LocalKind::Memory;
  }

  void define(Local l, const Definition &d) {
    LocalKind &k = kinds[l.raw];
    if (k == LocalKind::Unused) {
      k = LocalKind::Ssa;
      defs_[l.raw] = d;
    } else if (k == LocalKind::Ssa) {
      k = LocalKind::Memory;
    }
  }

  bool dominates(const Definition &d, Location at) const {
    if (d.isArg)
      return true;
    if (d.isCall)
      // Defined on the edge to the target, which must be the only way there.
      return d.target.valid() && d.block != d.target && dominators_.dominates(d.block, d.target) && dominators_.dominates(d.target, at.block);
    if (d.block == at.block)
      return d.statement < at.statement;
    return dominators_.dominates(d.block, at.block);
  }

  void useLocal(Local l, PlaceContext c, Location at) {
    switch (c) {
    case PlaceContext::Call: {
      const mir::Terminator &t = body_.block(at.block).terminator;
      define(l, {false, true, at.block, 0, t.targets.empty() ? BlockId() : t.targets[0]});
      return;
    }
    case PlaceContext::StorageLive:
    case PlaceContext::StorageDead:
    case PlaceContext::PlaceMention:
    case PlaceContext::FakeRead:
    case PlaceContext::FakeBorrow:
    case PlaceContext::DebugInfo: return;
    case PlaceContext::Copy:
    case PlaceContext::Move:
    case PlaceContext::Inspect:
    case PlaceContext::Projection: {
      LocalKind &k = kinds[l.raw];
      if (k == LocalKind::Unused || (k == LocalKind::Ssa && !dominates(defs_[l.raw], at)))
        k = LocalKind::Memory;
      return;
    }
    case PlaceContext::Drop:
      if (!traits::needsDrop(tcx_, {}, layouts_[l.raw].ty))
        return;
      [[fallthrough]];
    default: toMemory(l);
    }
  }

  Ctx &tcx_;
  const Instance &instance_;
  const mir::Body &body_;
  llvm::ArrayRef<TyLayout> layouts_;
  mir::Dominators dominators_;

public:
  std::vector<LocalKind> kinds;
  std::vector<bool> escapes; // it or a part of it may be assigned by way of its address

private:
  std::vector<Definition> defs_;
};
} // namespace

std::vector<LocalKind> analyzeLocals(Ctx &tcx, const Instance &instance, const mir::Body &body, llvm::ArrayRef<BlockId> order,
                                     llvm::ArrayRef<TyLayout> layouts, std::vector<bool> &variables) {
  LocalAnalyzer a(tcx, instance, body, layouts);
  for (BlockId id : order) {
    const mir::BasicBlock &block = body.block(id);
    for (uint32_t i = 0; i < block.statements.size(); ++i)
      a.visit(block.statements[i], Location{id, i});
    a.visit(block.terminator, Location{id, uint32_t(block.statements.size())});
  }
  for (size_t i = 0; i < layouts.size(); ++i)
    variables.push_back((!i || i > body.argCount) && a.kinds[i] == LocalKind::Memory && !a.escapes[i] && layouts[i]->repr == layout::ReprKind::Scalar);
  return a.kinds;
}

} // namespace ferric::codegen
