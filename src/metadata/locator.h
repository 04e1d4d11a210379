// Finding the file of a compiled crate (rustc_metadata::locator): given with --extern, or `lib<name>*.rlib`,
// `.rmeta` and, for proc macro crates, `.so` in the -L folders.
#pragma once
#include "diag/session.h"
#include "metadata/archive.h"
#include "proc_macro/dylib.h"
#include "llvm/ADT/StringMap.h"

namespace ferric::metadata {

struct Request {
  std::string crate;              // its own name; with exact paths, the name it is known by
  std::string hash;               // the version wanted; empty: any
  std::string dependant;          // the crate that wants it; empty: the one being compiled
  std::vector<std::string> paths; // exact paths from --extern; empty: the folders are searched
  Span span;                      // where it is asked for
};

struct Located {
  std::shared_ptr<const Manifest> manifest;
  std::string path;    // of the file with the manifest
  std::string archive; // of the rlib; empty: only its metadata was found
  std::optional<proc_macro::Dylib> dylib; // of a proc macro crate, whose manifest says no more than which crate it is
};

// A crate that the local one stands on, used by name or not.
struct Dependency {
  std::string name;
  std::string file, archive; // as in Located
  bool hasObject = false;
  bool ofLibrary = false;    // the archive is one of the library's code: linked as far as it is used, and no file to name
  std::string hash = {};               // which version
  std::vector<std::string> uses = {};  // hashes of the crates that it uses itself
  std::vector<NativeLib> nativeLibs = {};
};

// The files that --extern names for a crate.
std::vector<std::string> externPaths(const Options &options, llvm::StringRef crate);
// Looks for each crate once, however many others use it. Sessions that share one must have the same options.
class Finder {
public:
  // None: reported, with the code of the reason (E0460 to E0464, E0514, E0786).
  std::optional<Located> locate(Session &sess, const Request &request);

private:
  llvm::StringMap<Located> found_; // by what decides the answer to a request
};

// Whether the sources of a crate still are what it was compiled from; if not, reports the first that changed (E0460).
bool checkSources(Session &sess, const Manifest &m, Span span);

} // namespace ferric::metadata
