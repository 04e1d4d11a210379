// The folder that keeps what one compilation makes for later ones: $XDG_CACHE_HOME/ferric or ~/.cache/ferric.
#pragma once
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace ferric::driver {

// Its path, whether it exists or not; empty: there is no place for it.
std::string cacheFolder();

// The compiler's own file, and its size and time as text: another one may make something else of the same source.
std::string compilerPath();
std::string compilerVersion();

// Writes a file so that others see all of it or nothing. False: `write`, which gets the open file, said so, or the
// system.
bool replaceFile(const std::string &file, llvm::function_ref<bool(int)> write);
bool replaceFile(const std::string &file, llvm::StringRef text);

// Removes, of the files with `part` in their names, those that were not read for the longest time until they are no
// more than `mostBytes`; `kept` stays.
void prune(const std::string &folder, llvm::StringRef part, uint64_t mostBytes, const std::string &kept);

// Held by the one compiler that makes something for the folder, while others that want the same wait. Without it, where
// the system has no locks, they do the same work.
class FolderLock {
public:
  explicit FolderLock(const std::string &folder);
  ~FolderLock();
  FolderLock(const FolderLock &) = delete;

private:
  int folder_;
};

} // namespace ferric::driver
