// libFuzzer target: the decoder of metadata, and all that uses what it makes of arbitrary text.
// Build with -DFERRIC_FUZZ=ON; run `build/bin/fuzz_metadata -max_total_time=300 corpus/` (`./x fuzz` does both).
#include "metadata_use.h"

using namespace ferric;

static constexpr llvm::StringLiteral kFolder = "@FOLDER@";

// `--seed FOLDER` writes what the library's own compilation would leave as the first input, and ends.
extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv) {
  if (*argc != 3 || llvm::StringRef((*argv)[1]) != "--seed")
    return 0;
  MetadataUse library;
  std::string body = library.body(), folder = library.manifest().directory;
  CHECK(!llvm::sys::fs::create_directories((*argv)[2]), "the corpus needs a folder");
  std::error_code ec;
  llvm::raw_fd_ostream os(std::string((*argv)[2]) + "/whole", ec);
  CHECK(!ec, "the corpus cannot be written");
  auto [before, after] = llvm::StringRef(body).split(folder);
  os << before << kFolder << after;
  os.flush();
  std::exit(0);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static MetadataUse library;
  llvm::StringRef text(reinterpret_cast<const char *>(data), size);
  // The folder has another name each time, so that inputs of the corpus have a word for it.
  std::string body, folder = library.manifest().directory;
  while (true) {
    auto [before, after] = text.split(kFolder);
    body += before;
    if (before.size() == text.size())
      break;
    body += folder;
    text = after;
  }
  CHECK(library.use(body) != MetadataUse::Outcome::Silent, "metadata that cannot be used is reported");
  return 0;
}
