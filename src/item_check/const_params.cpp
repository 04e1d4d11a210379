// Types of const parameters (Reference: items/generics, "Const generics"; rustc_hir_analysis::check::wfcheck, check_param_wf): the primitive ones, and
// those that implement ConstParamTy.
#include "item_check/checker.h"
#include "traits/type_info.h"
#include "ty/features.h"
#include "ty/print.h"

namespace ferric::item_check {

static void report(Tcx &tcx, Span span, Ty t, bool widened) {
  std::string text = show(tcx, t);
  if (widened) {
    tcx.sess.diag.error(span, "E0741", "`" + text + "` must implement `ConstParamTy` to be used as the type of a const generic parameter");
    return;
  }
  std::string what = t.is(TyKind::FnPtr) ? "using function pointers as const generic parameters" : t.is(TyKind::RawPtr) ? "using raw pointers as const generic parameters" : "";
  std::string message = what.empty() ? "`" + text + "` is forbidden as the type of a const generic parameter" : what + " is forbidden";
  tcx.sess.diag.error(span, "", message).note("the only supported types are integers, `bool`, and `char`");
}

void checkConstParams(Tcx &tcx, DefId item) {
  const Crate &crate = tcx.crates.crateOf(item);
  for (DefId param : tcx.crates.genericParams(item)) {
    if (tcx.defKind(param) != DefKind::ConstParam)
      continue;
    bool widened = ty::hasFeature(tcx, item.crate(), sym::adt_const_params) || ty::hasFeature(tcx, item.crate(), sym::min_adt_const_params);
    DefId trait = tcx.crates.langItem(sym::const_param_ty);
    Ty t = ty::eraseRegions(tcx, tcx.typeOf(param));
    bool primitive = t.isIntegral() || t.is(TyKind::Bool) || t.is(TyKind::Char) || t.has(ty::kHasError);
    if (primitive || (trait.valid() && traits::typeImplements(tcx, tcx.paramEnv(item), t, trait)))
      continue;
    const ast::GenericParam &p = tcx.crates.genericParam(param);
    report(tcx, p.ty ? crate.ast.types[p.ty].span : tcx.def(param).span, t, widened);
  }
}

} // namespace ferric::item_check
