// Type checking of bodies: inference, method lookup, coercions, closures, patterns (rustc-dev-guide, "Type checking";
// rustc_hir_typeck). The result is a ty::TypeckResults per body; closures and inline constants share their owner's.
#pragma once
#include "ty/typeck_results.h"

namespace ferric::typeck {

// Registers the providers of typeck, typeOfOpaque and closureSignature.
void registerTypeckProviders(ty::Ctx &tcx);

// Reports operations that need `unsafe` outside of it (E0133), from a body's results (check_unsafety.cpp). Closures included.
void checkUnsafety(ty::Ctx &tcx, DefId body);
// The lint static_mut_refs (static_mut_refs.cpp). Closures included.
void lintStaticMutRefs(ty::Ctx &tcx, DefId body);
// The lint unused_labels (unused_labels.cpp). Closures and inline constants included.
void lintUnusedLabels(ty::Ctx &tcx, DefId body);

// Lints on labels in inline assembly of a body (asm_labels.cpp); for programs without errors.
void lintAsmLabels(ty::Ctx &tcx, DefId body);

// Frees the results of a body whose MIR is built; the body is checked again when they are asked for. Kept where opaque types need
// them, and where closures do unless nobody can ask for those any more.
void forgetResults(ty::Ctx &tcx, DefId owner, bool closuresAreDone);

// The results of a body for people: every expression and pattern with type, resolution and adjustments.
void printTypeckResults(ty::Ctx &tcx, const ty::TypeckResults &results, llvm::raw_ostream &os);

} // namespace ferric::typeck
