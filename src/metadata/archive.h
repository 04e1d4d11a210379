// Crates as files: `lib.rmeta` in an rlib (an archive), or a file of its own.
#pragma once
#include "metadata/manifest.h"

namespace ferric::metadata {

inline constexpr llvm::StringLiteral kMember = "lib.rmeta";

// The manifest in an .rlib or .rmeta file. Problem NoMetadata: it cannot be read, or is an archive without it.
Decoded readCrateFile(llvm::StringRef path);

// The end of the names of objects that are the crate's own. Others are of native libraries that the crate brings along: they are linked as
// far as they are used, as they would be from an archive of their own.
inline constexpr llvm::StringLiteral kOwnObject = ".rcgu.o";
enum class Objects : uint8_t { Own, OfNativeLibs, All };

// Takes objects out of an rlib or another archive into temporary files, whose paths are appended to `out`, and the members' names to `names`.
llvm::Error extractObjects(llvm::StringRef archive, Objects which, std::vector<std::string> &out, std::vector<std::string> *names = nullptr);

} // namespace ferric::metadata
