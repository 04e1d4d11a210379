// MIR building: the query mirBuilt.
#pragma once
#include "diag/diag.h"
#include "ty/context.h"

namespace ferric::mir_build {

void registerMirBuildProviders(ty::Ctx &tcx);

// A value that a statement drops and that must be used (lint unused_must_use). It is reported when the program is known to be right.
struct UnusedValue {
  Span span;
  std::string message, note, label; // note, label: empty: none
  bool suggests = false, isTail = false; // `let _ =` before it; isTail: it ends a block
  std::optional<diag::LintLevel> level;  // that attributes give
};
// Those in a body that is free of errors; closures included.
void findUnusedMustUse(ty::Ctx &tcx, DefId body, std::vector<UnusedValue> &out);
void lintUnusedMustUse(ty::Ctx &tcx, const UnusedValue &value);

// Frees the list of the closures and inline constants in a body that is let go of.
void forgetNestedBodies(ty::Ctx &tcx, DefId root);

} // namespace ferric::mir_build
