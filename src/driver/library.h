// Where the source of core (and alloc) is found.
#pragma once
#include "diag/session.h"

namespace ferric::driver {

// The folder that holds `core/src/lib.rs`: that of -Zlibrary-src, or in the sysroot's lib/rustlib/src/rust/library or library; without
// --sysroot that of FERRIC_LIBRARY_SRC or the newest /usr/src/rustc-*/library. Empty when none has it; an error is reported unless the
// library is compiled.
std::string findLibrary(Session &sess);
// Whether --sysroot names a place without the library's source (Kbuild: /dev/null): core is then found in the -L folders like any crate.
bool libraryIsCompiled(const Options &o);

} // namespace ferric::driver
