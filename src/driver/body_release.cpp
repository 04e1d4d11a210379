#include "driver/body_release.h"
#include "lower/lower.h"
#include "mir/mir.h"
#include "mir_build/mir_build.h"
#include "mir_transform/mir_transform.h"
#include "typeck/typeck.h"

namespace ferric::driver {

bool ownsTypes(DefKind k) {
  return k == DefKind::Fn || k == DefKind::AssocFn || k == DefKind::Const || k == DefKind::AssocConst || k == DefKind::Static || k == DefKind::AnonConst;
}
bool hasMir(DefKind k) { return ownsTypes(k) || k == DefKind::InlineConst || k == DefKind::Closure; }

BodyRelease::BodyRelease(ty::Ctx &tcx, llvm::function_ref<bool(DefId)> check, llvm::function_ref<Extent(DefId)> extent)
    : tcx_(tcx), check_(check), extent_(extent) {
  for (const std::unique_ptr<Crate> &crate : tcx_.crates)
    scanned_.push_back(crate->defs.size());
}

static bool isNameless(DefKind k) {
  return k == DefKind::Closure || k == DefKind::InlineConst || k == DefKind::AnonConst;
}

// Closures and constants that were defined before lowering, by the definition around whose header or body they are in.
void BodyRelease::findEarly(CrateId crate) {
  for (uint32_t i = 0; i < scanned_[crate.raw]; ++i) {
    DefId def(crate, i), around = def;
    if (!isNameless(tcx_.defKind(def)))
      continue;
    while (isNameless(tcx_.defKind(around)))
      around = tcx_.parent(around);
    early_[around].push_back(def);
  }
}

void BodyRelease::run(CrateId crate) {
  findEarly(crate);
  for (uint32_t i = 0, eager = uint32_t(scanned_[crate.raw]); i < eager; ++i) {
    DefId def(crate, i);
    if (isNameless(tcx_.defKind(def)))
      continue;
    bool ok = check_(def);
    for (DefId d : early_.lookup(def))
      checkOneNested(d);
    for (CrateId c{0}; c.raw < scanned_.size(); ++c.raw)
      checkNested(c);
    if (ok)
      release(def);
  }
}

// Checks the bodies among the definitions that lowering added since the last call, and notes which bodies they are in.
void BodyRelease::checkNested(CrateId crate) {
  const DefTable &defs = tcx_.crates[crate].defs;
  for (size_t &i = scanned_[crate.raw]; i < defs.size();)
    checkOneNested(DefId(crate, uint32_t(i++)));
}

void BodyRelease::checkOneNested(DefId def) {
  for (DefId d = tcx_.parent(def); hasMir(tcx_.defKind(def)) && d.valid() && tcx_.defKind(d) != DefKind::Mod;
       d = tcx_.parent(d))
    if (hasMir(tcx_.defKind(d)))
      nested_[d].push_back(def);
  check_(def);
}

// MIR with assembly points to the pieces of its template in the HIR.
static bool hasAsm(ty::Ctx &tcx, DefId def) {
  const mir::Body *const *b = tcx.queries.mirElaborated.tryGet(def);
  return b && *b && llvm::any_of((*b)->blocks, [](const mir::BasicBlock &block) { return block.terminator.kind == mir::TerminatorKind::InlineAsm; });
}

static void forgetOne(ty::Ctx &tcx, DefId def, bool keepsMir, bool closuresAreDone) {
  mir_transform::forgetMir(tcx, def, !keepsMir);
  typeck::forgetResults(tcx, def, closuresAreDone);
  mir_build::forgetNestedBodies(tcx, def);
  lower::forgetBody(tcx, def);
}

void BodyRelease::release(DefId def) {
  Extent extent = extent_(def);
  llvm::SmallVector<DefId, 2> nested = nested_.lookup(def);
  nested_.erase(def);
  bool all = extent == Extent::All;
  if (extent == Extent::Nothing || (!all && (hasAsm(tcx_, def) || llvm::any_of(nested, [&](DefId d) { return hasAsm(tcx_, d); }))))
    return;
  // Made again, the body would make the definitions in it a second time.
  bool keepsMir = extent == Extent::Results || (extent == Extent::Remakeable && !nested.empty());
  for (DefId d : nested) {
    if (!ownsTypes(tcx_.defKind(d)))
      mir_transform::forgetMir(tcx_, d, !keepsMir && tcx_.defKind(d) == DefKind::Closure);
    else if (all)
      forgetOne(tcx_, d, true, true); // generic ones are evaluated when their parameters are known
  }
  forgetOne(tcx_, def, keepsMir, !keepsMir);
}

} // namespace ferric::driver
