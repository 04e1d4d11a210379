// Closures and inline constants of a body: their expressions live in the body around them.
#pragma once
#include "hir/hir.h"
#include "llvm/ADT/DenseMap.h"

namespace ferric::mir { 

// Where the body of a closure (closure set) or inline constant (value only) is.
struct NestedBody { const hir::ClosureExpr *closure = nullptr; const hir::Expr *value = nullptr; };
struct NestedBodies { llvm::DenseMap<DefId, NestedBody> bodies; };

} // namespace ferric::mir

namespace ferric::mir_build {

void findNestedBodies(const hir::Body &body, mir::NestedBodies &out);

} // namespace ferric::mir_build
