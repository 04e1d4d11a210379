// Shared by the files of collect.
#pragma once
#include "collect/ty_lower.h"

namespace ferric::collect {

using llvm::ArrayRef;
using llvm::SmallVector;
using llvm::SmallVectorImpl;
using ty::BoundVars;
using ty::Const;
using ty::GenericArg;
using ty::GenericArgs;
using ty::Predicate;
using ty::Region;
using ty::SpannedClause;
using ty::TraitRef;
using ty::Ty;

// A trait reference under a binder. Its arguments are at depth 1, as the content of a predicate is.
struct PolyTraitRef {
  TraitRef value;
  BoundVars vars;
  friend bool operator==(const PolyTraitRef &, const PolyTraitRef &) = default;
};

// The Self of trait objects while they are lowered.
inline Ty dummySelf(ty::Ctx &tcx) { return tcx.mkInfer(ty::InferKind::FreshTy, 0); }
bool mentions(Ty t, Ty what);
bool mentions(GenericArg a, Ty what);

// Whether variable `var` of the binder right around `a` occurs in it. `constrained`: outside of projections, where the value of the
// type determines it.
bool mentionsBound(ty::Ctx &tcx, GenericArg a, uint32_t var, bool constrained);

// The clause of a supertrait seen from a use of the trait: arguments instantiated, binders joined (rustc instantiate_supertrait).
Predicate instantiateSupertrait(ty::Ctx &tcx, Predicate clause, const PolyTraitRef &of);
// `start` and its supertraits, each once, breadth first. `assoc`: only through traits that may define an associated type of that name.
void transitiveTraits(ty::Ctx &tcx, PolyTraitRef start, SmallVectorImpl<PolyTraitRef> &out, Symbol assoc = {});
// Whether a trait, or a supertrait as written, declares an associated item of this name. Looks at syntax only: no cycles.
bool mayDefineAssoc(ty::Ctx &tcx, DefId trait, Symbol name);

// Predicates of an ADT, fn, ... written on HIR: whether a where-clause bounds exactly this parameter (`trait`: its Self).
bool isParamBound(const hir::WherePredicate &w, DefId param);

// Adds `Sized` (or the weaker bound that `?Sized` and traits have) to the bounds on `self` (rustc add_implicit_sizedness_bounds).
enum class SizednessOf : uint8_t { Trait, Param, Assoc };
void addSizedness(ty::Ctx &tcx, Bounds &out, Ty self, ArrayRef<hir::GenericBound> bounds, ArrayRef<hir::WherePredicate> where,
                  SizednessOf kind, DefId def, Span span);

// Where-clauses that bound `param` and have traits that may define `assoc` (none: all), lowered in `item`.
void paramBoundsInGenerics(ty::Ctx &tcx, DefId item, DefId param, BoundFilter filter, Symbol assoc, Bounds &out);

// The item whose HIR header holds a generic parameter, and the parameter there.
const hir::GenericParam *hirParam(ty::Ctx &tcx, DefId param);

} // namespace ferric::collect
