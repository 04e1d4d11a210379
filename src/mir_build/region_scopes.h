// Scopes of variables and temporaries in one body (Reference: destructors, "Drop scopes"; rustc_middle::middle::region).
#pragma once
#include "hir/hir.h"
#include "diag/session.h"
#include "llvm/ADT/DenseMap.h"

namespace ferric::mir_build {

// Node: an expression, block, statement or arm. Destruction: around a terminating one; temporaries die at its end.
// Remainder: what follows a `let` in a block. IfThen: condition and then-block; IfThenRescope: the same since 2024,
// where it bounds temporaries. MatchGuard: guard of an arm.
enum class ScopeKind : uint8_t { None, Node, CallSite, Arguments, Destruction, IfThen, IfThenRescope, MatchGuard, Remainder };
struct RegionScope {
  ScopeKind kind = ScopeKind::None;
  hir::HirId id;
  uint32_t statement = 0;      // Remainder: index of the `let`
  bool valid() const { return kind != ScopeKind::None; }
  uint64_t key() const { return uint64_t(id.raw) << 32 | uint64_t(kind) << 28 | statement; }
  friend bool operator==(const RegionScope &, const RegionScope &) = default;
  static RegionScope node(hir::HirId id) { return {ScopeKind::Node, id, 0}; }
};

class RegionScopes {
public:
  // Scopes of one fn, closure (`isFn`) or constant body; closures and inline constants inside have their own.
  RegionScopes(const Hygiene &hygiene, unsigned crateEdition, llvm::ArrayRef<hir::Param> params, const hir::Expr *value, bool isFn);
  // Where a variable is dropped; None: never (constants).
  RegionScope varScope(hir::LocalId var) const { return vars_.lookup(var); }
  // Where a temporary holding the value of an expression is dropped; None: never (extended in a constant).
  RegionScope temporaryScope(hir::HirId expr) const;
  RegionScope defaultTemporaryScope(RegionScope inner) const;
  unsigned edition(Span s) const { return hygiene_.edition(s, crateEdition_); }

private:
  friend class ScopeResolver;
  const Hygiene &hygiene_;
  unsigned crateEdition_;
  llvm::DenseMap<uint64_t, RegionScope> parents_;
  llvm::DenseMap<hir::HirId, RegionScope> vars_;
  llvm::DenseMap<hir::HirId, RegionScope> extended_;
};

} // namespace ferric::mir_build
