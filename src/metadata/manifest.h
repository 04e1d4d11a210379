// What a crate leaves for its dependants: a manifest of all that its front end depended on, so that a dependant can
// parse, expand and resolve it again to the same result. Definitions, types and MIR are not stored; they come out of
// the sources.
//
// The text form is a line with magic, version and checksum of the rest, a line of JSON, and the long members of which the JSON has the
// sizes: cfgs, sources, results of macros, exports. The version is the format's own, not the compiler's.
#pragma once
#include "diag/session.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace ferric::metadata {

struct SourceRecord {
  std::string name, hash; // as file!() shows it; of its contents
};

// A crate that this one uses.
struct ExternRecord {
  std::string name;        // as this crate knows it
  std::string crate, hash; // the crate's own name, and which version
  bool prelude = false;    // paths may start with it
};

// Texts as one, a line each: of the thousands of cfgs of a kernel most dependants of a crate read none.
class Lines {
public:
  Lines() = default;
  // A line end within a text is written as its escape, which means the same in a cfg's value.
  Lines(llvm::ArrayRef<std::string> list);
  Lines(std::initializer_list<std::string> list) : Lines(llvm::ArrayRef<std::string>(list)) {}
  static Lines ofText(llvm::StringRef text);
  const std::string &text() const { return text_; }
  std::vector<std::string> list() const;

private:
  std::string text_;
};

// Of procedural macros: which call, and what came out (proc_macro/record.h).
using MacroRuns = std::vector<std::pair<std::string, std::string>>;

struct Manifest {
  static constexpr unsigned kVersion = 7;

  std::string name, stableId, target;
  std::string hash;      // of all the rest but `directory` and `exports`: tells versions of a crate apart
  std::string directory; // the folder that relative names of sources start from
  unsigned edition = 2015;
  unsigned optLevel = 0; // of OptLevel: what has code in the crate's object depends on it
  bool noCore = false, overflowChecks = false;
  Lines cfgs;                        // all, the target's too
  std::vector<std::string> attrs;    // inner attributes from the command line
  std::vector<SourceRecord> sources; // the root first
  std::vector<ExternRecord> externs;
  std::vector<std::pair<std::string, std::optional<std::string>>> env; // variables read, and what they were
  std::vector<NativeLib> nativeLibs; // in the order of linking; names are those that linkers get
  std::string macroRuns;             // packed
  Lines exports;                     // symbols of functions that are in the crate's object for others; none: no code was made
};

// The hash that tells versions apart; `hash`, `directory` and `exports` are not part of it: the last follow from the
// rest, but are there only when code was made.
std::string versionHash(const Manifest &m);
// Results of macros as they are in a manifest: compressed.
std::string pack(MacroRuns runs);
// None: the bytes are not what `pack` makes.
std::optional<MacroRuns> unpack(llvm::StringRef packed);
std::string contentHash(llvm::StringRef text);
std::string encode(const Manifest &m);

// Why metadata cannot be used.
enum class Unusable : uint8_t { None, NoMetadata, OtherVersion, Malformed };
struct Decoded {
  Unusable problem{};
  std::string detail; // what exactly
  Manifest manifest;
};
Decoded decode(llvm::StringRef text);

} // namespace ferric::metadata
