// The files a compilation writes for others than the linker: metadata and dependency information.
#pragma once
#include "defs/crate.h"
#include "metadata/locator.h"

namespace ferric::driver {

// Makes the folder of --out-dir and those above it; false when that cannot be, which is reported. As in rustc, it is made once all
// names are resolved, and not for --emit=dep-info alone (rustc_interface::passes::write_dep_info).
bool makeOutDir(Session &sess);
// Whether the crate's manifest goes into a file: of its own, or in an rlib.
bool leavesMetadata(const Options &o);
// --emit=metadata: the encoded manifest, complete or not at all. Errors are reported.
void emitMetadata(Session &sess, const Crates &crates, llvm::StringRef manifest);
// --emit=dep-info: a makefile fragment in rustc's form that names the sources of the local crate, the files that its procedural
// macros depend on (`trackedPaths`) and, with -Zbinary-dep-depinfo, the files of its dependencies.
void emitDepInfo(Session &sess, const Crates &crates, llvm::ArrayRef<std::string> trackedPaths,
                 llvm::ArrayRef<metadata::Dependency> dependencies);

} // namespace ferric::driver
