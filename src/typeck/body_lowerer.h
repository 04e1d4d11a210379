// Types as written in a body: `_` and missing arguments are variables, lifetimes are erased.
#pragma once
#include "collect/ty_lower.h"
#include "typeck/fn_ctxt.h"

namespace ferric::typeck {

class BodyLowerer final : public collect::TyLowerer {
public:
  explicit BodyLowerer(FnCtxt &f) : TyLowerer(f.tcx, f.root.owner), f_(f) {}
  Ty tyInfer(const ty::GenericParamDef *param, Span span) override;
  Const ctInfer(const ty::GenericParamDef *param, Span span) override;
  Region reInfer(Span, bool) override { return f_.tcx.common.erased; }
  Region lowerLifetime(const hir::Lifetime &) override;
  bool allowInfer() const override { return true; }
  ArrayRef<ty::SpannedClause> probeTyParamBounds(DefId param, Symbol assoc, Span span) override;
  Ty lowerAssocTy(Span span, DefId assoc, const hir::PathSegment *segment, const TraitRef &traitRef, ty::BoundVars traitVars) override;
  const AdtDef *probeAdt(Ty ty, Span span) override;

private:
  FnCtxt &f_;
};

} // namespace ferric::typeck
