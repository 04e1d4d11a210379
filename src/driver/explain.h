// --explain: what an error code means.
#pragma once
#include "llvm/ADT/StringRef.h"

namespace ferric::driver {

// The explanation, a sentence or two; empty: it is no code of an error that Ferric reports. `code`: as `E0308`, or
// without E and zeros.
llvm::StringRef explanationOf(llvm::StringRef code);

} // namespace ferric::driver
