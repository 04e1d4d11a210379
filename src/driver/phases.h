// Timing of phases: -Ztime-passes and the Chrome trace.
#pragma once
#include "base/check.h"
#include "diag/session.h"
#include "llvm/Support/TimeProfiler.h"
#include <chrono>

namespace ferric::driver {

// Names the phase for internal errors and the trace while alive; on its end prints CPU time and memory when -Ztime-passes is on,
// in the form of rustc: `time:   0.012; rss:   25MB ->   29MB (   +4MB)	parse_crate`.
class Phase {
public:
  Phase(const Session &sess, const char *name);
  ~Phase();

private:
  const Session &sess_;
  const char *name_;
  PhaseScope scope_;
  llvm::TimeTraceScope trace_;
  double start_;
  size_t rss_;
};

// CPU seconds of this process; resident set size in bytes.
double cpuSeconds();
size_t residentBytes();

} // namespace ferric::driver
