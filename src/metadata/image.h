// A memory-mapped image: what the front end made of one or more crates, in the form in which it is used. It is a
// snapshot of the beginning of a session: its symbols, source positions, expansions and hygiene contexts are the first
// of the session that maps it, its crates have the ids that they had, so that nothing in it needs to be changed or even
// read before it is used. docs/image.md describes the file.
#pragma once
#include "defs/crate.h"

namespace ferric::metadata {

// A source file that an image was made from, as it was then.
struct ImageSource {
  std::string name, path; // as it is shown; where it was read from
  uint32_t size = 0;
  uint64_t modified = 0; // nanoseconds since 1970
};

struct ImageHead;

// Writes the crates `ids` of a session that holds nothing else, to an open file that is empty. `key` says what the
// image is for: an image is used only for an equal key. An error when the system refuses, or when a source was modified
// after `notAfter` (nanoseconds since 1970): it may not be what was compiled.
llvm::Error writeImage(int file, Session &sess, Crates &crates, llvm::ArrayRef<CrateId> ids, llvm::StringRef key,
                       uint64_t notAfter);

class Image {
public:
  ~Image();
  // Opens an image. An error says what is wrong with the file; of what the head does not hold only the size is checked.
  static llvm::Expected<std::unique_ptr<Image>> open(llvm::StringRef path, llvm::StringRef key);
  // Whether sources and environment still are what the image was made from.
  bool isFresh(const Options &options) const;
  // Reads the whole file and compares it with its checksums.
  bool verify() const;
  // What tells this very file, and that nobody has written to it since, from others: device, inode, size, times.
  std::string stamp() const;

  // Makes the image's beginning that of `sess`, which must be new. False: the system refused to map it, and the session
  // cannot be used.
  bool adoptSession(Session &sess);
  size_t crateCount() const;
  Symbol crateName(size_t i) const;
  CrateId crateId(size_t i) const;
  // What tells its versions apart; empty: of the library.
  llvm::StringRef crateHash(size_t i) const;
  // The sources of a crate of the image, each with its size and time of modification, as text.
  std::string sourcesOf(const Crate &crate) const;
  // Fills the empty crate of the id that the image's crate `i` has. False: the system refused to map it.
  bool adoptCrate(Crate &crate, size_t i);

private:
  Image();
  int file_ = -1;
  std::unique_ptr<ImageHead> head_;
  char *symbols_ = nullptr; // mapped: text, ends, slots
  size_t symbolBytes_ = 0;
};

} // namespace ferric::metadata
