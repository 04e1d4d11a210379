// Where the source of core (and alloc) is found.
#pragma once
#include "diag/session.h"

namespace ferric::driver {

// The folder that holds `core/src/lib.rs`: -Zlibrary-src is not needed since, in this order, FERRIC_LIBRARY_SRC, the sysroot's
// lib/rustlib/src/rust/library or library, /usr/src/rustc-*/library (the newest) are tried. Empty, and an error reported, when none has it.
std::string findLibrary(Session &sess);

} // namespace ferric::driver
