// Crates that Ferric does not compile itself yet: procedural macros, and what needs `std`. Both run on the host. Another compiler
// gets the command as it is.
#pragma once
#include "diag/session.h"

namespace ferric::driver {

// What the root file's leading attributes say, as far as it matters here.
struct RootFacts {
  bool noStd = false;   // #![no_std], #![no_core], or a cfg_attr with one of them
  bool usesStd = false; // `extern crate std;` or `extern crate proc_macro;` all the same, without a cfg
};

// Whether another compiler has to do this: replaces the process by the one that FERRIC_HOST_RUSTC names, which reads
// `text` when the input is standard input. Returns false when Ferric is to compile the crate; true: it cannot, reported.
bool handOver(Session &sess, const RootFacts &root, llvm::StringRef text);

} // namespace ferric::driver
