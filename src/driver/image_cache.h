// Images in a folder of the user's: of the library's crates (core, alloc, or a compiled core that the -L folders hold), and
// of these with large crates that --extern names; made the first time that they are needed, then mapped.
#pragma once
#include "metadata/image.h"
#include "metadata/locator.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ferric::driver {

// What an image is to hold.
struct ImageRequest {
  std::string library;                   // its folder; empty: core is one of `crates`
  std::vector<std::string> cfgs;         // of the library's crates
  std::vector<metadata::Located> crates; // compiled before, each behind those that it uses
  bool withExterns = false;              // the crates of --extern are among them
};

// What decides, beside the contents of files, what is made of the library's crates: as text, for the names of files.
std::string libraryKey(const Options &o, const std::string &library, llvm::ArrayRef<std::string> cfgs);

// The requests for the session's image, the best first: with the crates that --extern names and those they stand on,
// found as they are when a name needs them, but silently; and with the library alone. The first is left out when one of
// those crates cannot be found or used, or when their sources are so short that reading them costs less than an image;
// both are when there is no library.
std::vector<ImageRequest> imageRequests(const Session &sess, metadata::Finder &finder, std::string library, std::vector<std::string> cfgs);

// Compiles what the request asks for in a new session. The crates' ids; empty: not possible.
using CompileForImage = llvm::function_ref<std::vector<CrateId>(Session &, Crates &)>;

// The image for the session's options; made with `compile` when there is none, or its sources or environment changed,
// or it is damaged. It lies in $XDG_CACHE_HOME/ferric or ~/.cache/ferric. Null: there is no such folder to write to, or
// the crates do not compile; they must be compiled as part of the session then.
std::unique_ptr<metadata::Image> cachedImage(const Session &sess, const ImageRequest &request, CompileForImage compile);

} // namespace ferric::driver
