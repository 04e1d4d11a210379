// The compiler: from a parsed command line to written outputs.
#pragma once
#include "driver/options.h"

namespace ferric::driver {

// Compiles the input as the options say; diagnostics go to sess.diag. Returns the process's exit code: 0 or 1.
int compile(Session &sess);

// The names of --print requests.
std::string printRequestNames(llvm::StringRef separator);
// --print requests; true when they were all there was to do.
bool printRequests(Session &sess, const Invocation &inv, int &exitCode);
// Writes what was asked for to the file, or to standard output when there is no name. False: reported.
bool writePrinted(Session &sess, llvm::StringRef path, llvm::StringRef text);

} // namespace ferric::driver
