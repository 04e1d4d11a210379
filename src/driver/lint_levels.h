// --print crate-root-lint-levels
#pragma once
#include "ty/context.h"

namespace ferric::driver {

// Writes the level that each lint has at the root of the local crate, `name=level` a line, to the file the option
// names. False: reported.
bool printLintLevels(ty::Ctx &tcx);

} // namespace ferric::driver
