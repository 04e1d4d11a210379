// Fields of unions are never dropped, so that nothing in them may need it (Reference: items/unions, "Initialization of a union";
// rustc_hir_analysis::check, check_union_fields).
#include "item_check/checker.h"

namespace ferric::item_check {

static bool isAllowed(Tcx &tcx, ParamEnv env, Ty t) {
  switch (t.kind()) {
  case TyKind::Ref: return true;
  case TyKind::Tuple: return llvm::all_of(t.tuple(), [&](Ty x) { return isAllowed(tcx, env, x); });
  case TyKind::Array: return isAllowed(tcx, env, t.inner());
  default: return (t.is(TyKind::Adt) && t.adt()->isManuallyDrop) || t.has(ty::kHasError) || typeIsCopy(tcx, env, t);
  }
}

void checkUnionFields(Tcx &tcx, DefId def) {
  ParamEnv env = tcx.paramEnv(def);
  for (const ty::FieldDef &f : tcx.adtDef(def)->nonEnum().fields) {
    Ty t = normalizeErasingRegions(tcx, env, ty::eraseRegions(tcx, tcx.typeOf(f.def)));
    if (isAllowed(tcx, env, t))
      continue;
    tcx.sess.diag.error(tcx.def(f.def).span, "E0740", "field must implement `Copy` or be wrapped in `ManuallyDrop<...>` to be used in a union")
        .note("union fields must not have drop side-effects, which is currently enforced via either `Copy` or `ManuallyDrop<...>`");
    return; // one says it all
  }
}

} // namespace ferric::item_check
