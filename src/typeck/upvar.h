// Variables a closure uses from around it.
#pragma once
#include "hir/hir.h"
#include "llvm/ADT/SmallVector.h"

namespace ferric::typeck {

// Locals mentioned in a closure (inner closures included) and not declared in it, in order of first mention (rustc: upvars_mentioned).
void collectUpvars(const hir::ClosureExpr *e, llvm::SmallVectorImpl<hir::LocalId> &out);
bool mentionsUpvars(const hir::ClosureExpr *e);

} // namespace ferric::typeck
