// Lints about definitions, with the levels that attributes give them.
#pragma once
#include "hir/hir.h"
#include "ty/context.h"

namespace ferric::ty {

// The level that the nearest attribute around `at` gives the lint; none: no attribute does.
std::optional<diag::LintLevel> attributeLintLevel(Ctx &tcx, DefId at, llvm::StringRef name);

// The level at which lintAt() reports.
diag::LintLevel lintLevelAt(Ctx &tcx, DefId at, llvm::StringRef name, diag::LintLevel defaultLevel);
// A lint about something inside the local definition `at`. The nearest attribute around it that names the lint or `warnings` decides on the
// level, then the command line, then `defaultLevel` (Reference: attributes/diagnostics, "Lint check attributes").
diag::Builder lintAt(Ctx &tcx, DefId at, Span span, const char *name, diag::LintLevel defaultLevel, const llvm::Twine &message);
// What attributes in and around a body say of a lint, for one that is reported when the body may be gone.
std::optional<diag::LintLevel> attributeLevelInBody(Ctx &tcx, const hir::Body &body, Span span, llvm::StringRef name, diag::LintLevel defaultLevel);
// The same for something in a body: attributes of the statements and expressions around it come before those of definitions.
diag::Builder lintInBody(Ctx &tcx, const hir::Body &body, Span span, const char *name, diag::LintLevel defaultLevel, const llvm::Twine &message);

} // namespace ferric::ty
