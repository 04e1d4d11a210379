// Walks the local crate's definitions in source order. Lowering appends definitions (closures, anonymous constants) while the
// walk goes on; they are met at its end.
#include "driver/analysis.h"
#include "collect/collect.h"
#include "ctfe/ctfe.h"
#include "item_check/item_check.h"
#include "layout/layout.h"
#include "lower/lower.h"
#include "mir_build/mir_build.h"
#include "mir_transform/mir_transform.h"
#include "mono/mono.h"
#include "traits/traits.h"
#include "typeck/typeck.h"

namespace ferric::driver {

void registerProviders(ty::Ctx &tcx) {
  lower::registerLowerProviders(tcx);
  traits::registerTraitsProviders(tcx);
  collect::registerCollectProviders(tcx);
  typeck::registerTypeckProviders(tcx);
  mir_build::registerMirBuildProviders(tcx);
  mir_transform::registerMirTransformProviders(tcx);
  layout::registerLayoutProviders(tcx);
  ctfe::registerCtfeProviders(tcx);
  mono::registerMonoProviders(tcx);
}

template <class F> static void forEachLocalDef(ty::Ctx &tcx, F &&f) {
  const DefTable &defs = tcx.crates[kLocalCrate].defs;
  for (uint32_t i = 0; i < defs.size(); ++i)
    f(DefId(kLocalCrate, i));
}

// Definitions whose body is checked on its own (closures and inline constants are checked with the body around them).
static bool isBodyOwner(ty::Ctx &tcx, DefId def) {
  switch (tcx.defKind(def)) {
  case DefKind::Fn: case DefKind::AssocFn: case DefKind::Const: case DefKind::AssocConst: case DefKind::Static: case DefKind::AnonConst:
  case DefKind::GlobalAsm:
    return true;
  default:
    return false;
  }
}
template <class F> static void forEachLocalBody(ty::Ctx &tcx, F &&f) {
  forEachLocalDef(tcx, [&](DefId def) {
    if (isBodyOwner(tcx, def) && tcx.hirBody(def))
      f(def);
  });
}

void checkItems(ty::Ctx &tcx) {
  forEachLocalDef(tcx, [&](DefId def) { collect::collectItem(tcx, def); });
  forEachLocalDef(tcx, [&](DefId def) { item_check::checkItem(tcx, def); });
  item_check::checkCrate(tcx);
}

void checkBodies(ty::Ctx &tcx) {
  forEachLocalBody(tcx, [&](DefId def) {
    PhaseScope scope("type checking", tcx.def(def).span);
    tcx.typeck(def);
    typeck::checkUnsafety(tcx, def);
  });
  forEachLocalDef(tcx, [&](DefId def) { // closures become definitions as their bodies are lowered
    if (tcx.defKind(def) == DefKind::Closure)
      item_check::checkItem(tcx, def);
  });
}

void buildBodies(ty::Ctx &tcx) {
  forEachLocalBody(tcx, [&](DefId def) {
    PhaseScope scope("MIR building", tcx.def(def).span);
    if (tcx.typeck(def)->tainted)
      return;
    DefKind kind = tcx.defKind(def);
    if (kind == DefKind::Fn || kind == DefKind::AssocFn)
      tcx.mirOptimized(def);
    else
      tcx.mirForCtfe(def);
  });
  forEachLocalDef(tcx, [&](DefId def) {
    if (tcx.defKind(def) != DefKind::InlineConst)
      return;
    DefId owner = lower::bodyOwner(tcx, def);
    if (tcx.hirBody(owner) && !tcx.typeck(owner)->tainted)
      tcx.mirForCtfe(def);
  });
}

void lintBodies(ty::Ctx &tcx) {
  forEachLocalBody(tcx, [&](DefId def) { typeck::lintAsmLabels(tcx, def); });
}

void evalConstants(ty::Ctx &tcx) {
  forEachLocalDef(tcx, [&](DefId def) {
    DefKind kind = tcx.defKind(def);
    if (kind != DefKind::Const && kind != DefKind::AnonConst && kind != DefKind::Static)
      return;
    const hir::Body *body = tcx.hirBody(def);
    if (!body || tcx.typeck(def)->tainted)
      return;
    if (kind == DefKind::Static)
      tcx.staticAlloc(def);
    else if (kind == DefKind::AnonConst || tcx.genericsOf(def)->count() == 0)
      tcx.constEvalGlobal({def, tcx.identityArgs(def), {}}); // one that is too generic is none of an error
  });
}

void printTypes(ty::Ctx &tcx, llvm::raw_ostream &os) {
  forEachLocalBody(tcx, [&](DefId def) { typeck::printTypeckResults(tcx, *tcx.typeck(def), os); });
}

void printMir(ty::Ctx &tcx, llvm::raw_ostream &os) {
  forEachLocalBody(tcx, [&](DefId def) {
    if (tcx.typeck(def)->tainted)
      return;
    DefKind kind = tcx.defKind(def);
    const mir::Body *body = kind == DefKind::Fn || kind == DefKind::AssocFn ? tcx.mirOptimized(def) : tcx.mirForCtfe(def);
    if (body)
      mir::print(tcx, *body, os);
  });
}

} // namespace ferric::driver
