// Traits whose methods can be called without a path (Reference: method-call expressions, "candidate methods";
// rustc_resolve: traits_in_scope).
#pragma once
#include "hir/hir.h"
#include "ty/context.h"

namespace ferric::lower {

// The innermost module (block modules included) around a node of a body.
ModuleId scopeOfNode(const hir::Body &body, hir::HirId node);

// Traits in scope at `node` of `body`, in the order they are found going outward (block items and imports, modules,
// prelude; the trait of the impl or trait around the body first). `ctxt`: the hygiene context of the method's name, for
// code made by `macro`. Names are not compared: filter by what the traits declare. Lives as long as the session.
llvm::ArrayRef<DefId> traitsInScope(ty::Ctx &tcx, const hir::Body &body, hir::HirId node, SyntaxContext ctxt = {});
// The same for paths in item headers: `scope` from Crates::scopeOf(item), `item` the item itself.
llvm::ArrayRef<DefId> traitsInScope(ty::Ctx &tcx, ModuleId scope, DefId item, SyntaxContext ctxt = {});

} // namespace ferric::lower
