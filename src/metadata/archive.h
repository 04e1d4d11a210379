// Crates as files: `lib.rmeta` in an rlib (an archive), or a file of its own.
#pragma once
#include "metadata/manifest.h"

namespace ferric::metadata {

inline constexpr llvm::StringLiteral kMember = "lib.rmeta";

// The manifest in an .rlib or .rmeta file. Problem NoMetadata: it cannot be read, or is an archive without it.
Decoded readCrateFile(llvm::StringRef path);

// Takes the objects out of an rlib into temporary files, whose paths are appended to `out`.
llvm::Error extractObjects(llvm::StringRef rlib, std::vector<std::string> &out);

} // namespace ferric::metadata
