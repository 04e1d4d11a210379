// Crates that Ferric does not compile itself yet: procedural macros, and what needs `std`. Both run on the host. Another compiler
// gets the command as it is.
#pragma once
#include "driver/root_attrs.h"

namespace ferric::driver {

// Whether another compiler has to do this: replaces the process by the one that FERRIC_HOST_RUSTC names, which reads
// `text` when the input is standard input. Returns false when Ferric is to compile the crate; true: it cannot, reported.
bool handOver(Session &sess, const RootFacts &root, llvm::StringRef text);

} // namespace ferric::driver
