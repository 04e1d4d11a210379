// What the checks share; internal to item_check.
#pragma once
#include "hir/hir.h"
#include "item_check/item_check.h"
#include "traits/elaborate.h"
#include "traits/fulfill.h"
#include "traits/type_info.h"
#include "traits/vtable.h"
#include "ty/print.h"
#include "llvm/ADT/BitVector.h"

namespace ferric::item_check {

using namespace traits;

// Obligations of one item, proved under its own where-clauses. Errors are reported when finish() is called.
class ItemObligations {
public:
  ItemObligations(Tcx &tcx, DefId item) : tcx(tcx), env(tcx.paramEnv(item)), cx(tcx), ocx(cx), item_(item) {}
  Tcx &tcx;
  ParamEnv env;
  InferCtxt cx;
  ObligationCtxt ocx;

  void add(Predicate p, Span span, CauseCode code = CauseCode::WellFormed) { ocx.add({ocx.normalize(Cause(span, code), env, p), env, Cause(span, code), 0}); }
  void wellFormed(Ty t, Span span);
  void sized(Ty t, Span span, CauseCode code);
  // Where-clauses of `what` with `args`, for a mention of it at `span`.
  void clausesOf(DefId what, GenericArgs args, Span span);
  // False: errors were reported.
  bool finish();

private:
  DefId item_;
};

// Reports what cannot hold, outside of bodies: E0277, E0271, E0275, E0038. Errors with error types are silent.
void reportErrors(Tcx &tcx, InferCtxt &cx, llvm::ArrayRef<FulfillError> errors);

// `impl .. for Type`, without its where-clauses and items.
Span implHeaderSpan(Tcx &tcx, DefId impl);
bool isLangTrait(Tcx &tcx, DefId trait, const char *name);
// A crate attribute such as #![rustc_coherence_is_core].
bool hasCrateAttr(Tcx &tcx, CrateId crate, const char *name);

void checkWellFormed(Tcx &tcx, DefId def);
void checkImplItems(Tcx &tcx, DefId impl);
// Whether an impl's method can be called with the lifetimes that the trait's can; `args`: of the trait, in terms of the impl's method.
bool signatureRegionsFit(Tcx &tcx, DefId implFn, DefId traitFn, GenericArgs args);
// E0478, E0803 and E0310: an impl of a trait for 'static types, for a type that may not be.
void checkImplOutlives(Tcx &tcx, DefId impl);
void checkImplCoherence(Tcx &tcx, DefId impl);
// Of an impl of CoerceUnsized that is right but for its lifetimes.
void checkUnsizeRegions(Tcx &tcx, DefId impl);
void checkOverlaps(Tcx &tcx);
void checkInherentOverlaps(Tcx &tcx);
// E0740.
void checkUnionFields(Tcx &tcx, DefId def);
// E0741 and relatives: types that const parameters cannot have.
void checkConstParams(Tcx &tcx, DefId item);
// Attributes of functions on what is none (rustc_attr_parsing, "allowed targets").
void checkAttributeTargets(Tcx &tcx, DefId def);
void checkTransparent(Tcx &tcx, DefId adt);
void checkFnAttributes(Tcx &tcx, DefId fn);
void lintDerefIntoSupertrait(Tcx &tcx, DefId impl);
void lintMultipleSupertraits(Tcx &tcx, DefId trait);
void lintNonAsciiIdents(Tcx &tcx);
// Names in `allow(..)` and its like on a definition that are no lint's.
void lintLintNames(Tcx &tcx, DefId def);

} // namespace ferric::item_check
