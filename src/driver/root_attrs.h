// What must be known of a crate before anything else is done: what its root file's leading inner attributes say.
#pragma once
#include "diag/session.h"
#include "llvm/Support/MemoryBuffer.h"

namespace ferric::driver {

struct RootFacts {
  bool noCore = false;  // #![no_core]
  bool noStd = false;   // #![no_std], #![no_core], or a cfg_attr with one of them
  bool usesStd = false; // `extern crate std;` or `extern crate proc_macro;` all the same, without a cfg
  std::string crateName; // what #![crate_name] says
  std::optional<std::pair<uint32_t, uint32_t>> crateNameAt; // where, from and to in the file; none: there is no such attribute
};

// Lexes the root file in a session of its own, for core's image must come first in that of the compilation. #![crate_name] and #![crate_type] count
// where the command line names none; without either the crate is a program.
RootFacts readRootAttrs(Options &options, llvm::MemoryBufferRef text);

// The name of the crate: --crate-name, #![crate_name], or the input file's (rustc_session::output::find_crate_name).
std::string crateNameFor(const Options &o);

// Whether that is a name for a crate, and --crate-name and #![crate_name] agree; `options` are those that readRootAttrs completed, `root` is the
// root file. No: reported.
bool checkCrateName(Session &sess, const Options &options, const RootFacts &facts, FileId root);

} // namespace ferric::driver
