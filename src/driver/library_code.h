// Code of the library's crates for the programs that Ferric links without optimising them: core and alloc compiled once
// to an rlib each, which lies beside their image, as rustc does with those that are shipped with it. What such a
// program still makes itself is what is generic or `#[inline]`.
#pragma once
#include "diag/session.h"

namespace ferric::driver {

// A crate whose code is wanted.
struct LibraryCodeRequest {
  std::string name, root; // the file it starts with
  std::string key;        // libraryKey
  std::string version;    // of its sources, as text
  std::string core;       // alloc: the rlib of the core that it uses
};
struct LibraryCode {
  std::string archive;              // the rlib
  std::vector<std::string> exports; // symbols of the functions in it
};

// Whether the program that the options ask for takes the library's code from there. Not when Ferric does not link it,
// for who does need not know of it; and not with options that change all code of a program, as only the code that is
// made with it obeys them.
bool linksLibraryCode(const Options &o);

// The code; made when there is none, or it is of another version, or damaged. None: it cannot be made or kept. The
// program makes what it needs itself then.
std::optional<LibraryCode> libraryCode(const Session &sess, const LibraryCodeRequest &request);

} // namespace ferric::driver
