// Several expressions that must come to one type: arms, branches, array elements, breaks, returns
// (rustc_hir_typeck::coercion::CoerceMany).
#pragma once
#include "hir/hir.h"
#include "traits/obligation.h"
#include "llvm/ADT/SmallVector.h"

namespace ferric::typeck {

class FnCtxt;

using traits::Cause; using traits::CauseCode;

class CoerceMany {
public:
  explicit CoerceMany(ty::Ty expected) : expected_(expected) {}
  ty::Ty expected() const { return expected_; }
  // What they have come to so far; the expectation when there was none yet.
  ty::Ty merged() const { return final_ ? final_ : expected_; }
  void coerce(FnCtxt &fcx, const Cause &cause, const hir::Expr *e, ty::Ty t);
  // A place where no expression stands: the value is `()`. label: the unit is what was expected.
  void coerceForcedUnit(FnCtxt &fcx, const Cause &cause, bool unitIsExpected = false, const hir::Expr *context = nullptr);
  // The type of the whole; `!` when nothing was coerced.
  ty::Ty complete(FnCtxt &fcx);

private:
  void report(FnCtxt &fcx, const Cause &cause, const hir::Expr *e, ty::Ty expected, ty::Ty found);
  ty::Ty expected_, final_;
  llvm::SmallVector<const hir::Expr *, 4> exprs_;
};

} // namespace ferric::typeck
