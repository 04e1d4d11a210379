// The levels come from the crate's attributes, the options and the defaults, as they do where a lint is reported.
#include "driver/lint_levels.h"
#include "diag/lints.h"
#include "driver/pipeline.h"
#include "ty/lint.h"

namespace ferric::driver {

bool printLintLevels(ty::Ctx &tcx) {
  Session &sess = tcx.sess;
  DefId root = DefId::crateRoot(kLocalCrate);
  std::string text;
  for (const diag::LintRow &row : diag::lintTable()) {
    diag::LintLevel level = tcx.crates[kLocalCrate].edition >= 2024 ? row.level2024 : row.level;
    level = ty::lintLevelAt(tcx, root, row.name, level);
    text += (row.name + "=" + diag::levelName(level) + "\n").str();
  }
  return writePrinted(sess, *sess.options.printLintLevels, text);
}

} // namespace ferric::driver
