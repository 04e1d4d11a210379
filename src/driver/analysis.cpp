// Walks the local crate's definitions in source order. Lowering appends definitions (closures, anonymous constants) while the
// walk goes on; they are met at its end.
#include "driver/analysis.h"
#include "collect/collect.h"
#include "driver/body_release.h"
#include "ctfe/ctfe.h"
#include "item_check/item_check.h"
#include "layout/layout.h"
#include "lower/lower.h"
#include "mir_build/mir_build.h"
#include "mir_transform/mir_transform.h"
#include "mono/mono.h"
#include "traits/traits.h"
#include "ty/codegen_attrs.h"
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

// Definitions whose types are checked on their own (those of closures and inline constants with the body around them).
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
  item_check::checkProgram(tcx);
  forEachLocalDef(tcx, [&](DefId def) { collect::collectItem(tcx, def); });
  forEachLocalDef(tcx, [&](DefId def) {
    if (tcx.defKind(def) != DefKind::Closure) // checked with the body that it is in
      item_check::checkItem(tcx, def);
  });
  item_check::checkCrate(tcx);
}

// Functions that are code only where others use them: theirs is made again if one does.
static bool isMadeOnUse(ty::Ctx &tcx, DefId def) {
  DefKind kind = tcx.defKind(def);
  if (kind != DefKind::Fn && kind != DefKind::AssocFn)
    return false;
  for (const ty::Generics *g = tcx.genericsOf(def); g; g = g->parent)
    if (llvm::any_of(g->own, [](const ty::GenericParamDef &p) { return p.kind != ty::GenericParamKind::Lifetime; }))
      return true;
  const ty::CodegenAttrs *attrs = tcx.codegenAttrs(def);
  return attrs && (attrs->inlining == ty::InlineAttr::Hint || attrs->inlining == ty::InlineAttr::Always);
}

static BodyRelease::Extent releasable(ty::Ctx &tcx, DefId def) {
  const Options &o = tcx.sess.options;
  bool isPrinted = !o.unpretty.empty() || o.emitsKind(EmitKind::Mir);
  if (tcx.sess.diag.hasErrors() || isPrinted)
    return BodyRelease::Extent::Nothing;
  DefKind kind = tcx.defKind(def);
  if (kind == DefKind::Const || kind == DefKind::AssocConst || kind == DefKind::Static)
    return BodyRelease::Extent::Results; // their MIR is evaluated later
  if (kind != DefKind::Fn && kind != DefKind::AssocFn)
    return BodyRelease::Extent::Nothing;
  return mono::isLibrary(o) && isMadeOnUse(tcx, def) ? BodyRelease::Extent::Remakeable : BodyRelease::Extent::Results;
}

// Null: there are errors.
static const mir::Body *buildMir(ty::Ctx &tcx, DefId def) {
  PhaseScope scope("MIR building", tcx.def(def).span);
  if (tcx.typeck(lower::bodyOwner(tcx, def))->tainted)
    return nullptr;
  DefKind kind = tcx.defKind(def);
  bool isCode = kind == DefKind::Fn || kind == DefKind::AssocFn || kind == DefKind::Closure;
  return isCode ? tcx.mirOptimized(def) : tcx.mirForCtfe(def);
}

// What building MIR reports comes after what type checking does, as if all bodies were type-checked first.
void checkBodies(ty::Ctx &tcx, bool typesOnly, mono::References &references, std::vector<mir_build::UnusedValue> &unused) {
  diag::Diagnostics &diag = tcx.sess.diag;
  bool isLibrary = mono::isLibrary(tcx.sess.options);
  std::string later;
  llvm::raw_string_ostream laterOut(later);
  auto check = [&](DefId def) {
    bool isNested = tcx.defKind(def) == DefKind::Closure || tcx.defKind(def) == DefKind::InlineConst;
    if (!isNested && (!isBodyOwner(tcx, def) || !tcx.hirBody(def)))
      return false;
    if (tcx.defKind(def) == DefKind::Closure)
      item_check::checkItem(tcx, def);
    if (!isNested) {
      PhaseScope scope("type checking", tcx.def(def).span);
      tcx.typeck(def);
      typeck::checkUnsafety(tcx, def);
      typeck::lintStaticMutRefs(tcx, def);
      if (const hir::Body *body = tcx.hirBody(def))
        item_check::lintLintNamesIn(tcx, *body);
      typeck::lintUnusedLabels(tcx, def);
      mir_build::findUnusedMustUse(tcx, def, unused);
    }
    if (typesOnly)
      return false;
    llvm::raw_ostream *out = std::exchange(diag.config.out, &laterOut);
    if (buildMir(tcx, def) && isLibrary)
      references.add(tcx, def, *tcx.mirElaborated(def)); // where both functions of const_eval_select are named
    diag.config.out = out;
    return true;
  };
  BodyRelease(tcx, check, [&](DefId def) { return releasable(tcx, def); }).run(kLocalCrate);
  (diag.config.out ? *diag.config.out : llvm::errs()) << later;
}

void lintBodies(ty::Ctx &tcx, llvm::ArrayRef<mir_build::UnusedValue> unused) {
  for (const mir_build::UnusedValue &v : unused)
    mir_build::lintUnusedMustUse(tcx, v);
  forEachLocalDef(tcx, [&](DefId def) {
    if (isBodyOwner(tcx, def) && tcx.queries.hirBody.tryGet(def)) // bodies with assembly are kept
      typeck::lintAsmLabels(tcx, def);
  });
}

void evalConstants(ty::Ctx &tcx) {
  forEachLocalDef(tcx, [&](DefId def) {
    DefKind kind = tcx.defKind(def);
    if (kind != DefKind::Const && kind != DefKind::AnonConst && kind != DefKind::Static)
      return;
    const mir::Body *const *body = tcx.queries.mirForCtfe.tryGet(def); // what it was made of may be gone
    if (!body || !*body || (*body)->tainted)
      return;
    if (kind == DefKind::Static)
      tcx.staticAlloc(def);
    else if (kind == DefKind::AnonConst)
      tcx.constEvalGlobal({def, tcx.identityArgs(def), {}}); // one that is too generic is none of an error
    else if (tcx.genericsOf(def)->count() == 0) {
      tcx.constEvalGlobal({def, tcx.identityArgs(def), {}});
      if (releasable(tcx, def) != BodyRelease::Extent::Nothing)
        mir_transform::forgetMir(tcx, def, true);
    }
  });
}

void forgetUnusedMir(ty::Ctx &tcx, llvm::ArrayRef<mono::MonoItem> items) {
  llvm::DenseSet<DefId> used;
  for (const mono::MonoItem &i : items)
    used.insert(i.kind == mono::MonoItemKind::Fn ? i.instance.def : i.def);
  forEachLocalDef(tcx, [&](DefId def) {
    if (hasMir(tcx.defKind(def)) && !used.contains(def))
      mir_transform::forgetMir(tcx, def, true);
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
