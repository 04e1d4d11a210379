// Names, levels and groups of lints are rustc's (rustc_lint, rustc_lint_defs).
#include "diag/lints.h"

namespace ferric::diag {

static constexpr LintLevel kAllow = LintLevel::Allow, kWarn = LintLevel::Warn, kDeny = LintLevel::Deny;

static constexpr LintRow kLints[] = {
    {"bare_trait_objects", kWarn, kWarn, "rust_2018_idioms rust_2021_compatibility"},
    {"binary_asm_labels", kDeny, kDeny, ""},
    {"deref_into_dyn_supertrait", kAllow, kAllow, ""},
    {"elided_lifetimes_in_associated_constant", kDeny, kDeny, "future_incompatible"},
    {"long_running_const_eval", kDeny, kDeny, ""},
    {"multiple_supertrait_upcastable", kAllow, kAllow, ""},
    {"named_asm_labels", kDeny, kDeny, ""},
    {"non_ascii_idents", kAllow, kAllow, ""},
    {"renamed_and_removed_lints", kWarn, kWarn, ""},
    {"self_constructor_from_outer_item", kWarn, kWarn, "future_incompatible"},
    {"static_mut_refs", kWarn, kDeny, "rust_2024_compatibility"},
    {"unknown_lints", kWarn, kWarn, ""},
    {"unreachable_cfg_select_predicates", kWarn, kWarn, ""},
    {"unreachable_patterns", kWarn, kWarn, "unused"},
    {"unsafe_op_in_unsafe_fn", kAllow, kWarn, "rust_2024_compatibility"},
    {"unused_attributes", kWarn, kWarn, "unused"},
    {"unused_labels", kWarn, kWarn, "unused"},
    {"unused_must_use", kWarn, kWarn, "unused"},
    {"unused_unsafe", kWarn, kWarn, "unused"},
};

static constexpr llvm::StringLiteral kNames[] = {
#define LINT_NAME(name) name,
#include "diag/lint_names.def"
};
static constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> kRenamed[] = {
#define RENAMED_LINT(name, now) {name, now},
#include "diag/lint_names.def"
};
static constexpr llvm::StringLiteral kRemoved[] = {
#define REMOVED_LINT(name) name,
#include "diag/lint_names.def"
};

// By edit distance, a third of the name's length at most.
static llvm::StringRef similarLint(llvm::StringRef name) {
  unsigned best = std::max<unsigned>(unsigned(name.size()), 3) / 3 + 1;
  llvm::StringRef found;
  for (llvm::StringRef known : kNames) {
    unsigned distance = name.equals_insensitive(known) ? 0 : name.edit_distance(known, true, best);
    if (distance < best) {
      best = distance;
      found = known;
    }
  }
  return found;
}

LintName lintNamed(llvm::StringRef name) {
  if (llvm::is_contained(kNames, name))
    return {LintNameKind::Known, ""};
  for (const auto &[before, now] : kRenamed)
    if (name == before)
      return {LintNameKind::Renamed, now};
  if (llvm::is_contained(kRemoved, name))
    return {LintNameKind::Removed, ""};
  return {LintNameKind::Unknown, similarLint(name)};
}

llvm::ArrayRef<LintRow> lintTable() { return kLints; }

bool saysOfLint(llvm::StringRef said, llvm::StringRef lint) {
  if (said == lint)
    return true;
  for (const auto &[before, now] : kRenamed)
    if (said == before)
      return now == lint;
  for (const LintRow &row : kLints) {
    llvm::SmallVector<llvm::StringRef, 2> groups;
    row.groups.split(groups, ' ', -1, /*KeepEmpty=*/false);
    if (row.name == lint && llvm::is_contained(groups, said))
      return true;
  }
  return false;
}

llvm::StringRef firstGroup(llvm::StringRef lint) {
  for (const LintRow &row : kLints)
    if (row.name == lint)
      return row.groups.split(' ').first;
  return "";
}

llvm::StringRef levelName(LintLevel level) {
  switch (level) {
  case LintLevel::Allow:
    return "allow";
  case LintLevel::Expect:
    return "expect";
  case LintLevel::Warn:
    return "warn";
  case LintLevel::Deny:
    return "deny";
  case LintLevel::Forbid:
    return "forbid";
  }
  return "";
}

} // namespace ferric::diag
