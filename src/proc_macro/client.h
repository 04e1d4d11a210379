// Calling a macro: the file is loaded into this process, which must be one of its own (process.h).
#pragma once
#include "proc_macro/dylib.h"
#include "proc_macro/server.h"

namespace ferric::proc_macro {

class Client {
public:
  // Loads the file. A message: it cannot be loaded, or holds other macros in memory than were read from the file.
  std::string load(const Dylib &dylib);
  // Runs a macro to its end; what the client answers last. It may also end the process.
  std::string run(const Call &call, Server &server, llvm::StringRef input);

private:
  struct Entry;
  const Entry *entries_ = nullptr;
};

} // namespace ferric::proc_macro
