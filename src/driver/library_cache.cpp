// A file's name is a hash of everything that decides its contents but the sources' text; those are compared by size and
// time. A new file is written beside the old one and renamed over it, so that compilers that start at once each see a
// whole file and at worst do the same work. What the reader does not check at every use (metadata/image.h) is compared
// with its checksums once: a stamp beside the file says which inode, of which times, was found to be right, so that a
// file written to in any way since is checked again.
#include "driver/library_cache.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/xxhash.h"
#include <chrono>
#include <cstdlib>

namespace ferric::driver {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;
using metadata::Image;

// XDG Base Directory Specification: relative paths are to be ignored.
static std::string cacheFolder() {
  llvm::SmallString<128> dir;
  if (const char *xdg = std::getenv("XDG_CACHE_HOME"); xdg && path::is_absolute(xdg))
    dir = xdg;
  else if (const char *home = std::getenv("HOME"); home && path::is_absolute(home))
    path::append(dir, home, ".cache");
  else
    return "";
  path::append(dir, "ferric");
  return dir.str().str();
}

// The compiler itself: another one may make something else of the same source.
static std::string compilerPath() { return fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&compilerPath)); }

// Everything but the sources and the compiler's contents that decides what the front end makes of the library.
static std::string keyOf(const Options &o, llvm::StringRef directory, llvm::ArrayRef<std::string> cfgs) {
  std::string key = "compiler " + compilerPath() + "\nlibrary " + directory.str() + "\n";
  llvm::SmallString<128> cwd;
  if (path::is_relative(directory) && !fs::current_path(cwd))
    key += "in " + cwd.str().str() + "\n";
  for (const auto &[from, to] : o.remapPathPrefixes)
    key += "remap " + from + "=" + to + "\n";
  key += "target " + o.target + "\nlimit " + llvm::utostr(o.recursionLimit) + "\n";
  for (const std::string &cfg : cfgs)
    key += "cfg " + cfg + "\n";
  return key;
}

// Writes a small or large file so that others see all of it or nothing. False: it could not be written.
static bool replaceFile(const std::string &file, llvm::function_ref<bool(int)> write) {
  llvm::Expected<fs::TempFile> temp = fs::TempFile::create(file + ".%%%%%%%%", fs::all_read | fs::owner_write);
  if (!temp) {
    llvm::consumeError(temp.takeError());
    return false;
  }
  bool written = write(temp->FD);
  llvm::Error e = written ? temp->keep(file) : temp->discard();
  bool kept = written && !e;
  llvm::consumeError(std::move(e));
  return kept;
}

static bool isTrusted(const Image &image, const std::string &file) {
  std::string stamp = image.stamp(), stampFile = file + ".checked";
  if (stamp.empty())
    return false;
  if (llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> known = llvm::MemoryBuffer::getFile(stampFile);
      known && (*known)->getBuffer() == stamp)
    return true;
  if (!image.verify())
    return false;
  (void)replaceFile(stampFile, [&](int fd) { // not written: the next compiler checks again
    llvm::raw_fd_ostream os(fd, /*shouldClose=*/false);
    os << stamp;
    os.flush();
    bool ok = !os.has_error();
    os.clear_error();
    return ok;
  });
  return true;
}

// A usable image in `file`; null: it is missing, damaged, of another version, or the sources have changed.
static std::unique_ptr<Image> openImage(const Session &sess, const std::string &file, llvm::StringRef key) {
  llvm::Expected<std::unique_ptr<Image>> image = Image::open(file, key);
  if (!image) {
    llvm::consumeError(image.takeError()); // it is made anew
    return nullptr;
  }
  if (!(*image)->isFresh(sess.options) || !isTrusted(**image, file))
    return nullptr;
  return std::move(*image);
}

static bool makeImage(const Session &sess, int file, llvm::StringRef key, CompileLibrary compile) {
  using namespace std::chrono;
  uint64_t now = uint64_t(duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count());
  auto scratch = std::make_unique<Session>();
  scratch->options = sess.options;
  scratch->diag.config.out = &llvm::nulls(); // who compiles the library again after this failed reports why
  Crates crates(*scratch);
  std::vector<CrateId> ids = compile(*scratch, crates);
  if (ids.empty() || scratch->diag.errorCount() || scratch->diag.warningCount())
    return false;
  if (llvm::Error e = metadata::writeImage(file, *scratch, crates, ids, key, now)) {
    llvm::consumeError(std::move(e)); // a full disk, sources that are being edited: the cache is no must
    return false;
  }
  return true;
}

std::unique_ptr<Image> libraryImage(const Session &sess, llvm::StringRef directory, llvm::ArrayRef<std::string> cfgs,
                                    CompileLibrary compile) {
  std::string folder = cacheFolder();
  if (folder.empty())
    return nullptr;
  std::string key = keyOf(sess.options, directory, cfgs);
  std::string file = folder + "/library-" + llvm::utohexstr(llvm::xxh3_64bits(key), true, 16) + ".crates";
  if (fs::file_status compiler; !fs::status(compilerPath(), compiler))
    key += "compiler's size " + llvm::utostr(compiler.getSize()) + "\ncompiler's time " +
           llvm::utostr(uint64_t(compiler.getLastModificationTime().time_since_epoch().count())) + "\n";
  if (std::unique_ptr<Image> image = openImage(sess, file, key))
    return image;
  if (fs::create_directories(folder))
    return nullptr;
  bool tell = llvm::sys::Process::StandardErrIsDisplayed();
  if (tell)
    llvm::errs() << "preparing the library in " << directory << " for " << sess.options.target << " (once) ...\n";
  if (!replaceFile(file, [&](int fd) { return makeImage(sess, fd, key, compile); }))
    return nullptr;
  return openImage(sess, file, key);
}

} // namespace ferric::driver
