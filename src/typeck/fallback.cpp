// What inference could not tell is defaulted, once (Reference: "integer literal expressions"; RFC 1216, edition guide 2024
// "never type fallback change"; rustc_hir_typeck::fallback). And the checks that run right before and after it.
#include "typeck/passes.h"

namespace ferric::typeck {

void checkRepeats(FnCtxt &f) {
  std::vector<RepeatCheck> checks = std::move(f.root.repeats);
  DefId copy = f.tcx.langItem(sym::copy);
  for (const RepeatCheck &r : checks) {
    if (r.element->kind == ExprKind::ConstBlock) continue;
    if (const hir::PathExpr *p = dyn_cast<hir::PathExpr>(r.element)) {
      Res res = f.qpathRes(p->path, p->id);
      if (res.isDef(DefKind::Const) || res.isDef(DefKind::AssocConst)) continue;
    }
    Const n = f.resolve(f.normalize(Cause(r.element->span), r.count));
    if (n.is(ConstKind::Infer)) {
      f.selectWherePossible();
      n = f.resolve(n);
      if (n.is(ConstKind::Infer)) {
        if (!f.root.tainted()) reportUninferred(f, r.element->span, GenericArg(n));
        continue;
      }
    }
    uint64_t bits = 0;
    if (n.is(ConstKind::Error) || (n.is(ConstKind::Value) && n.tryBits(bits) && bits <= 1)) continue;
    if (copy) f.registerBound(r.ty, copy, Cause(r.element->span, CauseCode::RepeatElementCopy));
  }
}

void inferenceFallback(FnCtxt &f) {
  f.selectWherePossible();
  SmallVector<Ty, 32> vars;
  f.infcx.unsolvedVars(vars);
  if (vars.empty()) return;
  // `()` up to edition 2021, `!` from 2024 on.
  Ty divergingTo = f.root.body.edition >= 2024 ? f.tcx.common.never : f.tcx.common.unit;
  llvm::SmallDenseSet<uint32_t, 16> diverging;
  for (Ty t : f.root.divergingVars) {
    Ty v = f.shallow(t);
    if (v.isTyVar()) diverging.insert(f.infcx.rootVar(v.index()));
  }
  bool any = false;
  for (Ty v : vars) {
    if (f.shallow(v) != v && !f.shallow(v).is(TyKind::Infer)) continue;
    Ty to;
    if (f.root.tainted()) to = f.tcx.common.error;
    else if (v.inferKind() == ty::InferKind::Int) to = f.tcx.common.i32;
    else if (v.inferKind() == ty::InferKind::Float) to = f.tcx.common.f64;
    else if (diverging.count(f.infcx.rootVar(v.index()))) to = divergingTo;
    else continue;
    f.eq(v, to);
    any = true;
  }
  if (any) f.selectWherePossible();
}

} // namespace ferric::typeck
