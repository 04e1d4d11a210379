// Exhaustiveness and reachability of patterns (rustc-dev-guide, "Pattern and exhaustiveness checking";
// rustc_pattern_analysis): rows of patterns are specialised by constructor, column by column.
#pragma once
#include "mir_build/thir.h"

namespace ferric::mir_build {

struct MatchRow { Pat *pat = nullptr; bool hasGuard = false; };
struct UsefulnessReport {
  std::vector<bool> useful;           // by row
  std::vector<std::string> witnesses; // values that no row matches, as patterns
  bool tooComplex = false;            // gave up: nothing is known
};
// `validScrutinee`: the matched place surely holds a valid value, so that arms for types without values may be left out.
UsefulnessReport analyzeMatch(Ctx &tcx, ty::ParamEnv env, llvm::ArrayRef<MatchRow> rows, Ty scrutinee, bool validScrutinee);

// Checks the matches and bindings of a body: E0004, E0005, unreachable patterns. False: errors were reported.
bool checkMatches(ThirBuilder &thir);

} // namespace ferric::mir_build
