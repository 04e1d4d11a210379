// The worklist starts with what is public, with all that implements a trait, for a trait's users need not be able to
// name the type, and with the language items, which the compiler itself names.
#include "mono/reachable.h"
#include "mir/alloc.h"
#include "mir/visit.h"
#include "ty/codegen_attrs.h"

namespace ferric::mono {

using ty::TyKind;

namespace {
class NamedDefs : public mir::Visitor {
public:
  explicit NamedDefs(std::vector<DefId> &out) : out_(out) {}

  void visitConstant(mir::Constant &c, mir::Location) override {
    if (c.kind == mir::ConstantKind::Unevaluated)
      add(c.def);
    else if (c.ty.is(TyKind::FnDef))
      add(c.ty.def());
  }
  void visitRvalue(mir::Rvalue &r, mir::Location at) override {
    if (r.kind == mir::RvalueKind::Aggregate && r.aggregate == mir::AggregateKind::Closure)
      add(r.def);
    superRvalue(r, at);
  }
  void visitTerminator(mir::Terminator &t, mir::Location at) override {
    if (t.kind == mir::TerminatorKind::InlineAsm)
      for (const mir::AsmOperand &o : t.asmData->operands)
        if (o.kind == ast::AsmOperandKind::Sym && !o.symStatic && o.constant.ty.is(TyKind::FnDef))
          add(o.constant.ty.def());
    superTerminator(t, at);
  }

private:
  void add(DefId def) {
    if (def.isLocal())
      out_.push_back(def);
  }
  std::vector<DefId> &out_;
};
} // namespace

void References::add(Ctx &tcx, DefId owner, const mir::Body &body) {
  size_t begin = named_.size();
  NamedDefs(named_).visit(body);
  auto first = named_.begin() + ptrdiff_t(begin);
  std::sort(first, named_.end(), [](DefId a, DefId b) { return a.raw < b.raw; });
  named_.erase(std::unique(first, named_.end()), named_.end());
  if (named_.size() != begin)
    ranges_[owner] = {uint32_t(begin), uint32_t(named_.size() - begin)};
}

llvm::ArrayRef<DefId> References::of(DefId owner) const {
  Range r = ranges_.lookup(owner);
  return llvm::ArrayRef(named_).slice(r.begin, r.size);
}

static bool isFn(DefKind kind) { return kind == DefKind::Fn || kind == DefKind::AssocFn; }

// Items and associated items that others can name, and all those of impls of traits.
static bool isNameable(Ctx &tcx, DefId def) {
  const Def &row = tcx.def(def);
  if (!isFn(row.kind) && row.kind != DefKind::Const && row.kind != DefKind::AssocConst)
    return false;
  if (row.vis.isPublic())
    return true;
  DefKind parent = tcx.defKind(row.parent);
  return parent == DefKind::Trait || (parent == DefKind::Impl && tcx.implTraitRef(row.parent).trait.valid());
}

// The functions of the local crate that the value of a constant holds: what computed it nobody needs any more. None: it has no value of its own, or
// holds what stands for a function without being it.
static std::optional<llvm::SmallVector<DefId, 4>> heldFns(Ctx &tcx, DefId constant) {
  if (tcx.defKind(constant) != DefKind::Const || tcx.genericsOf(constant)->count() != 0)
    return std::nullopt;
  mir::ConstEvalResult result = tcx.constEvalGlobal({constant, tcx.identityArgs(constant), {}});
  if (result.outcome != mir::EvalOutcome::Value)
    return std::nullopt;
  llvm::SmallVector<DefId, 4> held;
  llvm::SmallVector<mir::AllocId, 8> work{result.alloc};
  llvm::DenseSet<uint32_t> seen;
  while (!work.empty()) {
    mir::AllocId id = work.pop_back_val();
    if (!seen.insert(id.raw).second)
      continue;
    const mir::GlobalAlloc &g = (*tcx.allocs)[id];
    if (g.kind == mir::GlobalAllocKind::Function && g.instance.kind != ty::InstanceKind::Item)
      return std::nullopt;
    if (g.kind == mir::GlobalAllocKind::Function && g.instance.def.isLocal())
      held.push_back(g.instance.def);
    else if (g.kind == mir::GlobalAllocKind::Memory)
      for (const mir::Relocation &r : g.memory->relocs)
        work.push_back(r.target);
  }
  return held;
}

llvm::DenseSet<DefId> reachableDefs(Ctx &tcx, const References &references, CrossCrateInline &inlines) {
  llvm::DenseSet<DefId> found;
  std::vector<DefId> work;
  auto reach = [&](DefId def) {
    if (found.insert(def).second)
      work.push_back(def);
  };
  const Crate &local = tcx.crates[kLocalCrate];
  for (uint32_t i = 0; i < local.defs.size(); ++i)
    if (DefId def(kLocalCrate, i); isNameable(tcx, def))
      reach(def);
  for (const auto &[name, def] : local.langItems)
    reach(def);
  while (!work.empty()) {
    DefId def = work.back();
    work.pop_back();
    if (isFn(tcx.defKind(def)) && (isForeign(tcx, def) || (!isGeneric(tcx, def) && !inlines.contains(def) && !tcx.isConstFn(def))))
      continue; // called as it is
    std::optional<llvm::SmallVector<DefId, 4>> held = heldFns(tcx, def);
    for (DefId named : held ? llvm::ArrayRef<DefId>(*held) : references.of(def))
      reach(named);
  }
  return found;
}

} // namespace ferric::mono
