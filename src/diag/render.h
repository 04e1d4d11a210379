// Rendering of one diagnostic, in the format that the command line chose.
#pragma once
#include "diag/diag.h"

namespace ferric::diag {

struct RenderContext {
  const SourceMap &sources;
  const Hygiene &hygiene;
  const Diagnostics::Config &config;
};

// Writes `d` to the configured stream in the configured format.
void render(const Diagnostic &d, const RenderContext &ctx);
// "error[E0308]", "warning", ...
std::string levelHeading(const Diagnostic &d);
const char *levelName(Level level);

} // namespace ferric::diag
