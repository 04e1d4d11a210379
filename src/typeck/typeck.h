// Type checking of bodies: inference, method lookup, coercions, closures, patterns (rustc-dev-guide, "Type checking";
// rustc_hir_typeck). The result is a ty::TypeckResults per body; closures and inline constants share their owner's.
#pragma once
#include "ty/typeck_results.h"

namespace ferric::typeck {

// Registers the providers of typeck, typeOfOpaque and closureSignature.
void registerTypeckProviders(ty::Ctx &tcx);

// Reports operations that need `unsafe` outside of it (E0133), from a body's results (check_unsafety.cpp). Closures included.
void checkUnsafety(ty::Ctx &tcx, DefId body);

// Type checks every body of a crate; writes "N of M bodies ok" and how often each first error message occurred.
void checkAllBodies(ty::Ctx &tcx, CrateId crate, llvm::raw_ostream &os);

// The results of a body for people: every expression and pattern with type, resolution and adjustments.
void printTypeckResults(ty::Ctx &tcx, const ty::TypeckResults &results, llvm::raw_ostream &os);
// The same for all bodies of a crate.
void printCrateResults(ty::Ctx &tcx, CrateId crate, llvm::raw_ostream &os);

} // namespace ferric::typeck
