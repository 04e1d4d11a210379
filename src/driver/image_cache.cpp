// A file's name is a hash of everything that decides its contents but the sources' text; those are compared by size and
// time. A new file is written beside the old one and renamed over it, so that compilers that start at once each see a
// whole file and at worst do the same work. What the reader does not check at every use (metadata/image.h) is compared
// with its checksums once: a stamp beside the file says which inode, of which times, was found to be right, so that a
// file written to in any way since is checked again.
#include "driver/image_cache.h"
#include "driver/cache_folder.h"
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

std::string libraryKey(const Options &o, const std::string &library, llvm::ArrayRef<std::string> cfgs) {
  std::string key = "compiler " + compilerPath() + "\nlibrary " + library + "\n";
  llvm::SmallString<128> cwd;
  if (path::is_relative(library) && !fs::current_path(cwd))
    key += "in " + cwd.str().str() + "\n";
  for (const auto &[from, to] : o.remapPathPrefixes)
    key += "remap " + from + "=" + to + "\n";
  key += "target " + o.target + "\n";
  for (const std::string &cfg : cfgs)
    key += "cfg " + cfg + "\n";
  return key;
}

// Everything but contents (of sources, of the compiler, of other crates) that decides what the front end makes of the
// crates: two requests with equal keys take each other's place.
static std::string keyOf(const Options &o, const ImageRequest &request) {
  std::string key = libraryKey(o, request.library, request.cfgs);
  for (const metadata::Located &l : request.crates)
    key += "crate " + l.manifest->name + " of " + l.manifest->directory + " in " + l.path + "\n";
  return key;
}

// The versions of what the key names.
static std::string contentsOf(const ImageRequest &request) {
  std::string text = compilerVersion();
  for (const metadata::Located &l : request.crates)
    text += "version " + l.manifest->hash + "\n";
  return text;
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
  (void)replaceFile(stampFile, stamp); // not written: the next compiler checks again
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

static bool makeImage(const Session &sess, int file, llvm::StringRef key, CompileForImage compile) {
  using namespace std::chrono;
  uint64_t now = uint64_t(duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count());
  auto scratch = std::make_unique<Session>();
  scratch->options = sess.options;
  scratch->diag.config.out = &llvm::nulls(); // who compiles the crates again after this failed reports why
  Crates crates(*scratch);
  std::vector<CrateId> ids = compile(*scratch, crates);
  if (ids.empty() || scratch->diag.hasErrors()) // warnings were for who compiled the crate
    return false;
  if (llvm::Error e = metadata::writeImage(file, *scratch, crates, ids, key, now)) {
    llvm::consumeError(std::move(e)); // a full disk, sources that are being edited: the cache is no must
    return false;
  }
  return true;
}

std::unique_ptr<Image> cachedImage(const Session &sess, const ImageRequest &request, CompileForImage compile) {
  std::string folder = cacheFolder();
  if (folder.empty())
    return nullptr;
  std::string key = keyOf(sess.options, request);
  std::string file = folder + (request.withExterns ? "/externs-" : "/library-") +
                     llvm::utohexstr(llvm::xxh3_64bits(key), true, 16) + ".crates";
  key += contentsOf(request);
  if (std::unique_ptr<Image> image = openImage(sess, file, key))
    return image;
  if (fs::create_directories(folder))
    return nullptr;
  FolderLock lock(folder);
  if (std::unique_ptr<Image> image = openImage(sess, file, key)) // another compiler made it
    return image;
  if (llvm::sys::Process::StandardErrIsDisplayed())
    llvm::errs() << "preparing " << (request.withExterns ? "the library and the crates in use" : "the library")
                 << " for " << sess.options.target << " (once) ...\n";
  if (!replaceFile(file, [&](int fd) { return makeImage(sess, fd, key, compile); }))
    return nullptr;
  prune(folder, ".crates", uint64_t(2) << 30, file);
  return openImage(sess, file, key);
}

// ---- which crates ----

// Adds the crate that is asked for, behind those that it uses. False: it cannot be found or used.
static bool addClosure(Session &probe, metadata::Finder &finder, const metadata::Request &request, std::vector<metadata::Located> &out) {
  auto isKnown = [&](llvm::StringRef hash) {
    return llvm::any_of(out, [&](const metadata::Located &l) { return l.manifest->hash == hash; });
  };
  if (!request.hash.empty() && isKnown(request.hash))
    return true;
  std::optional<metadata::Located> located = finder.locate(probe, request);
  if (!located)
    return false;
  if (isKnown(located->manifest->hash))
    return true;
  for (const metadata::ExternRecord &e : located->manifest->externs) {
    metadata::Request dependency;
    dependency.crate = e.crate;
    dependency.hash = e.hash;
    dependency.dependant = located->manifest->name;
    if (!addClosure(probe, finder, dependency, out))
      return false;
  }
  out.push_back(std::move(*located));
  return true;
}

// The front end reads some 20 MB of source a second, and mapping an image of its own for a set of crates rather than
// the library's, which is there anyway, takes a file of a hundred megabytes.
static constexpr uint64_t kLeastSourceBytes = 1 << 20;

static bool hasLongSources(llvm::ArrayRef<metadata::Located> crates) {
  uint64_t sum = 0;
  for (const metadata::Located &l : crates)
    for (const metadata::SourceRecord &s : l.manifest->sources) {
      llvm::SmallString<128> file(s.name);
      path::make_absolute(l.manifest->directory, file);
      uint64_t size = 0;
      if (!fs::file_size(file, size) && (sum += size) >= kLeastSourceBytes) // missing: reported when the crate is loaded
        return true;
    }
  return false;
}

// Adds the crates that --extern names. False: one of them cannot be found or used.
static bool addExterns(Session &probe, metadata::Finder &finder, bool libraryIsCompiled, std::vector<metadata::Located> &out) {
  for (const ExternOption &e : probe.options.externs) {
    metadata::Request request;
    request.crate = e.name;
    if (!e.path.empty())
      request.paths.push_back(e.path);
    else if (!libraryIsCompiled && (e.name == "core" || e.name == "alloc"))
      continue;
    if (!addClosure(probe, finder, request, out))
      return false;
  }
  return true;
}

std::vector<ImageRequest> imageRequests(const Session &sess, metadata::Finder &finder, std::string library, std::vector<std::string> cfgs) {
  Session probe;
  probe.options = sess.options;
  probe.diag.config.out = &llvm::nulls(); // who needs the crate reports why it cannot be had
  bool compiled = library.empty();
  ImageRequest alone{std::move(library), std::move(cfgs), {}};
  metadata::Request core;
  core.crate = "core";
  core.paths = metadata::externPaths(sess.options, core.crate);
  if (compiled && !addClosure(probe, finder, core, alone.crates))
    return {};
  ImageRequest all = alone;
  all.withExterns = true;
  if (!addExterns(probe, finder, compiled, all.crates))
    return {std::move(alone)};
  if (!hasLongSources(llvm::ArrayRef(all.crates).drop_front(alone.crates.size())))
    return {std::move(alone)};
  return {std::move(all), std::move(alone)};
}

} // namespace ferric::driver
