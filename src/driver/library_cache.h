// The library's crates (core, alloc) as images in a folder of the user's: made the first time that they are needed for
// a target and a set of cfgs, then mapped.
#pragma once
#include "metadata/image.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ferric::driver {

// Compiles the library's crates in a new session. Their ids; empty: not possible.
using CompileLibrary = llvm::function_ref<std::vector<CrateId>(Session &, Crates &)>;

// The image of the library in `directory` for the session's options, whose cfgs for the library are `cfgs`; made with
// `compile` when there is none, or its sources or environment changed, or it is damaged. It lies in
// $XDG_CACHE_HOME/ferric or ~/.cache/ferric. Null: there is no such folder to write to, or the library does not
// compile; the crates must be compiled as part of the session then.
std::unique_ptr<metadata::Image> libraryImage(const Session &sess, llvm::StringRef directory,
                                              llvm::ArrayRef<std::string> cfgs, CompileLibrary compile);

} // namespace ferric::driver
