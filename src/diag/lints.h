// The lints that are reported, in one table.
#pragma once
#include "diag/diag.h"

namespace ferric::diag {

struct LintRow {
  llvm::StringLiteral name;
  LintLevel level, level2024; // by default, before the edition 2024 and from there on
  llvm::StringLiteral groups; // words
};
llvm::ArrayRef<LintRow> lintTable();

// What a name in `allow(..)`, `-A` and their like is to rustc, which has many lints that Ferric does not report.
enum class LintNameKind : uint8_t { Known, Renamed, Removed, Unknown };
struct LintName {
  LintNameKind kind{};
  llvm::StringRef other; // of a renamed lint: its name now; of an unknown one: the most similar name, or empty
};
LintName lintNamed(llvm::StringRef name);

// Whether what an option or attribute says is about the lint: its name, or that of a group it belongs to (rustc book,
// "Lint groups"). `warnings` is no such group: it stands for a level.
bool saysOfLint(llvm::StringRef said, llvm::StringRef lint);
// The first group that a lint belongs to; empty: none.
llvm::StringRef firstGroup(llvm::StringRef lint);
// `allow`, `warn` and so on.
llvm::StringRef levelName(LintLevel level);

} // namespace ferric::diag
