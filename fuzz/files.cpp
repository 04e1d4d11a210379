// libFuzzer target: the readers of files that other programs leave. The first byte of an input says what it is read as:
// an rlib, or the dylib of a proc macro crate. Build with -DFERRIC_FUZZ=ON; `./x fuzz files` runs it.
#include "file_samples.h"
#include "base/check.h"
#include "proc_macro/dylib.h"

using namespace ferric;

static void readRlib(llvm::StringRef bytes) {
  samples::TemporaryFile file("rlib", bytes);
  (void)metadata::readCrateFile(file.path);
  std::vector<std::string> objects, names;
  llvm::consumeError(metadata::extractObjects(file.path, metadata::Objects::All, objects, &names));
  for (const std::string &o : objects)
    llvm::sys::fs::remove(o);
}

static void readDylib(llvm::StringRef bytes) {
  samples::TemporaryFile file("so", bytes);
  (void)proc_macro::readDylib(file.path);
}

// `--seed FOLDER` writes the first inputs, and ends.
extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv) {
  if (*argc != 3 || llvm::StringRef((*argv)[1]) != "--seed")
    return 0;
  std::string folder = (*argv)[2];
  CHECK(!llvm::sys::fs::create_directories(folder), "the corpus needs a folder");
  std::error_code ec;
  llvm::raw_fd_ostream(folder + "/rlib", ec) << 'r' << samples::rlib("ferric metadata 0 x\n");
  llvm::raw_fd_ostream(folder + "/dylib", ec) << 's' << samples::procMacroDylib();
  CHECK(!ec, "the corpus cannot be written");
  std::exit(0);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef bytes(reinterpret_cast<const char *>(data), size);
  if (bytes.consume_front("r"))
    readRlib(bytes);
  else if (!bytes.empty())
    readDylib(bytes.drop_front());
  return 0;
}
