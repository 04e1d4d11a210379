// The library is looked for where Debian's rust-web-src and rust-src packages, and rustup, put it.
#include "driver/library.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

namespace ferric::driver {

static bool holdsCore(llvm::StringRef dir) {
  llvm::SmallString<128> path(dir);
  llvm::sys::path::append(path, "core", "src", "lib.rs");
  return llvm::sys::fs::exists(path);
}

// Version of a folder `/usr/src/rustc-1.96.0` as numbers.
static std::tuple<unsigned, unsigned, unsigned> versionOf(llvm::StringRef name) {
  unsigned v[3] = {0, 0, 0};
  llvm::SmallVector<llvm::StringRef, 3> parts;
  name.drop_front(strlen("rustc-")).split(parts, '.');
  for (size_t i = 0; i < 3 && i < parts.size(); ++i)
    (void)parts[i].consumeInteger(10, v[i]);
  return {v[0], v[1], v[2]};
}

static std::string installed() {
  std::string best;
  std::tuple<unsigned, unsigned, unsigned> bestVersion;
  std::error_code ec;
  for (llvm::sys::fs::directory_iterator it("/usr/src", ec), end;  it != end && !ec; it.increment(ec)) {
    llvm::StringRef name = llvm::sys::path::filename(it->path());
    if (!name.starts_with("rustc-") || !holdsCore(it->path() + "/library"))
      continue;
    if (best.empty() || versionOf(name) > bestVersion) {
      best = it->path() + "/library";
      bestVersion = versionOf(name);
    }
  }
  return best;
}

// The library's source in a sysroot; empty: it has none.
static std::string sourceIn(const std::string &sysroot) {
  for (const char *sub : {"/lib/rustlib/src/rust/library", "/library", ""})
    if (holdsCore(sysroot + sub))
      return sysroot + sub;
  return "";
}

bool libraryIsCompiled(const Options &o) { return o.librarySrc.empty() && !o.sysroot.empty() && sourceIn(o.sysroot).empty(); }

std::string findLibrary(Session &sess) {
  const Options &o = sess.options;
  if (!o.librarySrc.empty())
    return o.librarySrc;
  if (!o.sysroot.empty())
    return sourceIn(o.sysroot);
  if (std::optional<std::string> env = llvm::sys::Process::GetEnv("FERRIC_LIBRARY_SRC")) {
    if (holdsCore(*env))
      return *env;
    sess.diag.errorNoSpan("FERRIC_LIBRARY_SRC names `" + *env + "`, which has no core/src/lib.rs").emit();
    return "";
  }
  std::string dir = installed();
  if (dir.empty())
    sess.diag.error(Span(), "E0463", "can't find crate for `core`")
        .help("install the library's source (Debian: rust-web-src), or name its folder in FERRIC_LIBRARY_SRC or with --sysroot")
        .emit();
  return dir;
}

} // namespace ferric::driver
