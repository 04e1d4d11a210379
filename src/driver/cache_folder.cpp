// Files are written under a temporary name and renamed, so that readers need no lock. Makers hold one on the folder
// itself: it leaves no file behind and ends with the process.
#include "driver/cache_folder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace ferric::driver {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

// XDG Base Directory Specification: relative paths are to be ignored.
std::string cacheFolder() {
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

std::string compilerPath() { return fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&compilerPath)); }

std::string compilerVersion() {
  fs::file_status compiler;
  if (fs::status(compilerPath(), compiler))
    return "";
  return "compiler's size " + llvm::utostr(compiler.getSize()) + "\ncompiler's time " +
         llvm::utostr(uint64_t(compiler.getLastModificationTime().time_since_epoch().count())) + "\n";
}

bool replaceFile(const std::string &file, llvm::function_ref<bool(int)> write) {
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

bool replaceFile(const std::string &file, llvm::StringRef text) {
  return replaceFile(file, [&](int fd) {
    llvm::raw_fd_ostream os(fd, /*shouldClose=*/false);
    os << text;
    os.flush();
    bool ok = !os.has_error();
    os.clear_error();
    return ok;
  });
}

void prune(const std::string &folder, llvm::StringRef part, uint64_t mostBytes, const std::string &kept) {
  struct Entry {
    llvm::sys::TimePoint<> used;
    uint64_t size;
    std::string file;
  };
  std::vector<Entry> entries;
  uint64_t sum = 0;
  std::error_code ec;
  for (fs::directory_iterator it(folder, ec), end; it != end && !ec; it.increment(ec)) {
    llvm::ErrorOr<fs::basic_file_status> status = it->status();
    if (!status || !path::filename(it->path()).contains(part)) // what was left half written too
      continue;
    sum += status->getSize();
    if (it->path() != kept)
      entries.push_back(
          {std::max(status->getLastAccessedTime(), status->getLastModificationTime()), status->getSize(), it->path()});
  }
  llvm::sort(entries, [](const Entry &a, const Entry &b) { return a.used < b.used; });
  for (const Entry &e : entries) {
    if (sum <= mostBytes)
      return;
    if (!fs::remove(e.file)) // whoever has it mapped keeps it
      sum -= e.size;
  }
}

FolderLock::FolderLock(const std::string &folder)
    : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  while (folder_ >= 0 && ::flock(folder_, LOCK_EX) != 0 && errno == EINTR)
    ;
}

FolderLock::~FolderLock() {
  if (folder_ >= 0)
    ::close(folder_);
}

} // namespace ferric::driver
