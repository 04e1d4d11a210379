// What the items of a crate mean as types: generics, predicates, signatures, data types, associated items, attributes
// (rustc_hir_analysis::collect). Everything is a query, computed on demand.
#pragma once
#include "ty/context.h"

namespace ferric::collect {

// Registers the providers of the queries listed under "collect" in ty/queries.def.
void registerCollectProviders(ty::Ctx &tcx);

// True when the lifetime parameter of a function is late-bound: it is a variable of the signature's binder, not of the
// generics (rustc-dev-guide, "Early and late bound parameters").
bool isLateBound(ty::Ctx &tcx, DefId lifetimeParam);
// The late-bound lifetime parameters of a function in the order of its signature's binder.
llvm::ArrayRef<DefId> lateBoundParams(ty::Ctx &tcx, DefId fn);

// The item whose generics and predicates a closure, anonymous constant, ... shares; itself for items.
DefId typeckRoot(ty::Ctx &tcx, DefId def);

// Index of a type, const or early-bound lifetime parameter among the generics of its item.
uint32_t paramIndex(ty::Ctx &tcx, DefId param);
// The parameter as a type / constant of its item.
ty::Ty paramTy(ty::Ctx &tcx, DefId param);
ty::Const paramConst(ty::Ctx &tcx, DefId param);

// Calls for every query of one item once (a check of the whole crate, or a test).
void collectItem(ty::Ctx &tcx, DefId def);

} // namespace ferric::collect
