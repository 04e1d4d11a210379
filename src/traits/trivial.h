// Obligations that are seen to hold: they need not be registered, and what makes them need not be interned. Most of what a
// body asks for is of this kind: its types are sized, and well formed without conditions.
#pragma once
#include "traits/obligation.h"

namespace ferric::traits {

// Sized by its kind, whatever is inside.
bool triviallySized(Ty t);
// A goal `self: trait` of Sized or one of its supertraits holds by the kind of `self`, or because `env` says so.
bool sizedByEnv(Tcx &tcx, DefId trait, Ty self, ParamEnv env);
// A where-clause, instantiated with `args`, says no more than that an argument is sized, and that is so.
bool holdsTrivially(Tcx &tcx, Predicate clause, GenericArgs args);
// Well-formedness asks for nothing more than that types are trivially sized.
bool triviallyWellFormed(Tcx &tcx, Ty t);
// Holds whatever values variables get, and proving it would tell nothing of them. False: not seen at once.
bool holdsTrivially(Tcx &tcx, const Obligation &o);

} // namespace ferric::traits
