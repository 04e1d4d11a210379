// Supertraits and what where-clauses imply (rustc-dev-guide, "Elaboration"; rustc_type_ir::elaborate).
#pragma once
#include "traits/obligation.h"

namespace ferric::traits {

// All traits that `tr` implies, itself first, breadth first, each once. Arguments are instantiated, regions erased.
void supertraits(Tcx &tcx, const TraitRef &tr, llvm::SmallVectorImpl<TraitRef> &out);
// DefIds of all supertraits, the trait itself first.
llvm::ArrayRef<DefId> supertraitDefIds(Tcx &tcx, DefId trait);
bool isSupertraitOf(Tcx &tcx, DefId super, DefId sub);
// Clauses closed under supertraits and the bounds of their projections, duplicates removed; regions are erased.
void elaborate(Tcx &tcx, llvm::ArrayRef<Predicate> clauses, llvm::SmallVectorImpl<Predicate> &out);
// The where-clauses that a value of `dyn ..` type `self` brings: its trait, supertraits and projections, for self type `self`.
void dynPredicates(Tcx &tcx, Ty dynTy, Ty self, llvm::SmallVectorImpl<Predicate> &out);
// Principal trait with `self` as its Self; `has` false: only auto traits. Bound regions are erased.
struct Principal { bool has = false; TraitRef trait; };
Principal principalOf(Tcx &tcx, Ty dynTy, Ty self);
// Trait of an existential with Self added.
TraitRef withSelf(Tcx &tcx, const ty::ExistentialPredicate &p, Ty self);
// The trait that an associated item's alias is of, and its own (GAT) arguments behind.
TraitRef traitRefOf(Tcx &tcx, const AliasTy &alias);
// A signature or clause instantiated and erased: what inference wants of where-clauses. All clauses of an item and its parents, but
// for those that are seen to hold (trivial.h).
struct ErasedClause { Predicate clause; Span span; };
void instantiatedPredicates(Tcx &tcx, DefId item, GenericArgs args, llvm::SmallVectorImpl<ErasedClause> &out);

} // namespace ferric::traits
