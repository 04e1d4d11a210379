// What the file of a proc macro crate says about itself, read without loading it: its version, its name and its macros.
#pragma once
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ferric::proc_macro {

// rustc's bridge (library/proc_macro/src/bridge) that is spoken here; it changes from release to release.
inline constexpr llvm::StringLiteral kRelease = "1.96";

enum class Kind : uint8_t { Derive, Attr, Bang }; // in the order of rustc's enum ProcMacro

struct Macro {
  Kind kind{};
  std::string name;                   // of a derive: the trait's
  std::vector<std::string> helpers;   // derive: the attributes that it declares
};

struct Dylib {
  std::string path;
  std::string crate, target;          // its name, the tuple it was compiled for
  std::string hash;                   // rustc's strict version hash: of all that the crate is made of
  std::string version;                // of the compiler that made it: `rustc 1.96.0 (..)`
  unsigned edition = 2015;
  std::string symbol;                 // of the table of its macros
  std::vector<Macro> macros;          // in the order of that table
};

// Macros run in the compiler's company, whatever the target of the compilation is.
inline constexpr llvm::StringLiteral kHost = "x86_64-unknown-linux-gnu";

enum class Problem : uint8_t { None, NotProcMacro, OtherVersion, OtherTarget, Malformed };
struct ReadResult {
  Problem problem{};
  std::string detail;                 // what exactly; OtherVersion, OtherTarget: what was found
  Dylib dylib;
};

// Reads an ELF file. NotProcMacro: it is something else, or of a crate that is no proc macro crate.
ReadResult readDylib(llvm::StringRef path);

} // namespace ferric::proc_macro
