// Candidates are collected by file name, their manifests read, and those that do not fit put aside with the reason. One
// version must remain; when none does, the reasons decide which error it is, in rustc's order of importance.
#include "metadata/locator.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace ferric::metadata {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {
class Locator {
public:
  Locator(Session &sess, const Request &request) : sess_(sess), request_(request) {}
  std::optional<Located> run();

private:
  struct Rejected {
    std::string path, got;
  };
  std::optional<Located> given();
  void search();
  void consider(const std::string &file);
  std::string placeOf(const std::string &file) const;
  void considerDylib(const std::string &file);
  std::optional<Located> choose();
  void report();
  diag::Builder error(const char *code, const llvm::Twine &text) { return sess_.diag.error(request_.span, code, text); }
  void listFound(diag::Builder &b, llvm::ArrayRef<Rejected> found);
  std::string wanted() const {
    return request_.dependant.empty() ? "" : " which `" + request_.dependant + "` depends on";
  }

  Session &sess_;
  const Request &request_;
  llvm::SmallVector<Located, 2> found_;
  std::vector<Rejected> otherHash_, otherTarget_, staticlib_, otherVersion_, otherBridge_, invalid_, otherName_;
};
} // namespace

// -L [KIND=]DIR: where crates may be. Direct dependencies are not looked for in `dependency` folders, others not in
// `crate` ones.
static bool searched(llvm::StringRef option, bool direct, std::string &dir) {
  auto [kind, rest] = option.split('=');
  bool hasKind =
      llvm::is_contained({"dependency", "crate", "native", "framework", "all"}, kind) && option.contains('=');
  dir = hasKind ? rest.str() : option.str();
  if (!hasKind || kind == "all")
    return true;
  return kind == (direct ? "crate" : "dependency");
}

// What dep-info calls a file: one that --extern names by its real path, one that was found as it was found.
std::string Locator::placeOf(const std::string &file) const {
  llvm::SmallString<128> real;
  return !request_.paths.empty() && !fs::real_path(file, real) ? real.str().str() : file;
}

void Locator::search() {
  std::string prefix = "lib" + request_.crate;
  for (const std::string &option : sess_.options.libSearchPaths) {
    std::string dir;
    if (!searched(option, request_.dependant.empty(), dir))
      continue;
    std::vector<std::string> files;
    std::error_code ec;
    for (fs::directory_iterator it(dir, ec), end; it != end && !ec; it.increment(ec))
      files.push_back(it->path());
    llvm::sort(files);
    for (const std::string &file : files) {
      llvm::StringRef name = path::filename(file);
      if (!name.starts_with(prefix))
        continue;
      if (name.ends_with(".rlib") || name.ends_with(".rmeta"))
        consider(file);
      else if (name.ends_with(".so"))
        considerDylib(file);
      else if (name == prefix + ".a")
        staticlib_.push_back({file, "static"});
    }
  }
}

void Locator::considerDylib(const std::string &file) {
  proc_macro::ReadResult r = proc_macro::readDylib(file);
  bool given = !request_.paths.empty();
  switch (r.problem) {
  case proc_macro::Problem::None: break;
  case proc_macro::Problem::NotProcMacro:
    if (given)
      invalid_.push_back({file, r.detail});
    return;
  case proc_macro::Problem::OtherVersion: otherBridge_.push_back({file, r.detail}); return;
  case proc_macro::Problem::OtherTarget: otherTarget_.push_back({file, r.detail}); return;
  case proc_macro::Problem::Malformed: invalid_.push_back({file, r.detail}); return;
  }
  const proc_macro::Dylib &d = r.dylib;
  if (!given && !d.crate.empty() && d.crate != request_.crate)
    return;
  Manifest m;
  m.name = d.crate.empty() ? request_.crate : d.crate;
  m.target = d.target;
  m.hash = "proc-macro " + d.hash;
  m.edition = d.edition;
  m.noCore = true;
  if (!request_.hash.empty() && m.hash != request_.hash)
    return otherHash_.push_back({file, m.hash});
  if (llvm::any_of(found_, [&](const Located &f) { return f.manifest->hash == m.hash; }))
    return;
  Located l;
  l.manifest = std::make_shared<const Manifest>(std::move(m));
  l.path = placeOf(file);
  l.dylib = std::move(r.dylib);
  found_.push_back(std::move(l));
}

void Locator::consider(const std::string &file) {
  if (uint64_t size = 0; request_.paths.empty() && !fs::file_size(file, size) && !size)
    return; // somebody is about to write it
  Decoded d = readCrateFile(file);
  switch (d.problem) {
  case Unusable::None:
    break;
  case Unusable::NoMetadata:
    invalid_.push_back({file, d.detail});
    return;
  case Unusable::Malformed:
    invalid_.push_back({file, d.detail});
    return;
  case Unusable::OtherVersion:
    otherVersion_.push_back({file, d.detail});
    return;
  }
  if (request_.paths.empty() && d.manifest.name != request_.crate)
    return;
  if (d.manifest.target != sess_.options.target) {
    otherTarget_.push_back({file, d.manifest.target});
    return;
  }
  if (!request_.hash.empty() && d.manifest.hash != request_.hash) {
    otherHash_.push_back({file, d.manifest.hash});
    return;
  }
  bool isArchive = llvm::StringRef(file).ends_with(".rlib");
  for (Located &l : found_) {
    if (l.manifest->hash == d.manifest.hash) {
      if (isArchive && l.archive.empty())
        l.archive = placeOf(file);
      return;
    }
  }
  std::string place = placeOf(file);
  found_.push_back({std::make_shared<const Manifest>(std::move(d.manifest)), place, isArchive ? place : "", std::nullopt});
}

std::optional<Located> Locator::given() {
  for (const std::string &file : request_.paths) {
    if (!fs::exists(file)) {
      sess_.diag.error(request_.span, "extern location for " + request_.crate + " does not exist: " + file);
      return std::nullopt;
    }
    if (fs::is_directory(file)) {
      sess_.diag.error(request_.span, "extern location for " + request_.crate + " is not a file: " + file);
      return std::nullopt;
    }
    llvm::StringRef name = path::filename(file);
    if (name.starts_with("lib") && (name.ends_with(".rlib") || name.ends_with(".rmeta")))
      consider(file);
    else if (name.starts_with("lib") && name.ends_with(".so"))
      considerDylib(file);
    else
      otherName_.push_back({file, ""});
  }
  return choose();
}

void Locator::listFound(diag::Builder &b, llvm::ArrayRef<Rejected> found) {
  std::string text = "the following crate versions were found:";
  for (const Rejected &r : found)
    text +=
        "\ncrate `" + request_.crate + "`" + (r.got.empty() || r.got == "static" ? "" : ", " + r.got) + ": " + r.path;
  b.note(text);
}

void Locator::report() {
  const std::string &crate = request_.crate;
  if (!otherHash_.empty()) {
    diag::Builder b = error("E0460", "found possibly newer version of crate `" + crate + "`" + wanted());
    b.note("perhaps that crate needs to be recompiled?");
    listFound(b, otherHash_);
  } else if (!otherTarget_.empty()) {
    diag::Builder b = error("E0461", "couldn't find crate `" + crate + "` with expected target triple " +
                                         sess_.options.target + wanted());
    listFound(b, otherTarget_);
  } else if (!staticlib_.empty()) {
    diag::Builder b = error("E0462", "found staticlib `" + crate + "` instead of rlib or dylib" + wanted());
    listFound(b, staticlib_);
    b.help("please recompile that crate using --crate-type lib");
  } else if (!otherVersion_.empty()) {
    diag::Builder b =
        error("E0514", "found crate `" + crate + "` compiled by an incompatible version of rustc" + wanted());
    listFound(b, otherVersion_);
    b.help("please recompile that crate using this compiler");
  } else if (!otherBridge_.empty()) {
    diag::Builder b =
        error("E0514", "found crate `" + crate + "` compiled by an incompatible version of rustc" + wanted());
    listFound(b, otherBridge_);
    b.help("procedural macros must be compiled by rustc " + proc_macro::kRelease + ", whose interface to them Ferric has");
  } else if (!invalid_.empty()) {
    diag::Builder b = error("E0786", "found invalid metadata files for crate `" + crate + "`" + wanted());
    for (const Rejected &r : invalid_)
      b.note("invalid metadata in `" + r.path + "`: " + r.got);
  } else {
    for (const Rejected &r : otherName_) {
      sess_.diag.error(request_.span, "extern location for " + crate + " is of an unknown type: " + r.path);
      sess_.diag.error(request_.span, "file name should be lib*.rlib or lib*.so");
    }
    diag::Builder b = error("E0463", "can't find crate for `" + crate + "`" + wanted());
    b.label(request_.span, "can't find crate");
    if (crate == "std")
      b.help("Ferric does not compile `std` yet: programs that need it are given to the rustc 1.96 that the environment variable "
             "FERRIC_HOST_RUSTC names");
  }
}

std::optional<Located> Locator::choose() {
  if (found_.size() == 1)
    return std::move(found_[0]);
  if (found_.empty()) {
    report();
    return std::nullopt;
  }
  diag::Builder b = error("E0464", "multiple candidates for `rlib` dependency `" + request_.crate + "` found");
  for (size_t i = 0; i < found_.size(); ++i)
    b.note("candidate #" + llvm::Twine(i + 1) + ": " + found_[i].path);
  return std::nullopt;
}

std::optional<Located> Locator::run() {
  if (!request_.paths.empty())
    return given();
  search();
  if (found_.empty() && !request_.hash.empty()) // a direct dependency as well, not loaded yet
    for (const ExternOption &e : sess_.options.externs) {
      if (e.path.empty() || !fs::exists(e.path))
        continue;
      if (llvm::StringRef(e.path).ends_with(".so"))
        considerDylib(e.path);
      else if (Decoded d = readCrateFile(e.path); d.problem == Unusable::None && d.manifest.hash == request_.hash)
        consider(e.path);
    }
  return choose();
}

std::vector<std::string> externPaths(const Options &options, llvm::StringRef crate) {
  std::vector<std::string> paths;
  for (const ExternOption &e : options.externs)
    if (e.name == crate && !e.path.empty())
      paths.push_back(e.path);
  return paths;
}

std::optional<Located> Finder::locate(Session &sess, const Request &request) {
  std::string key = request.crate + '\n' + request.hash + '\n' + (request.dependant.empty() ? "direct" : "");
  for (const std::string &path : request.paths)
    key += '\n' + path;
  if (auto known = found_.find(key); known != found_.end())
    return known->second;
  std::optional<Located> located = Locator(sess, request).run();
  if (located)
    found_.try_emplace(key, *located);
  return located;
}

bool checkSources(Session &sess, const Manifest &m, Span span) {
  for (const SourceRecord &s : m.sources) {
    llvm::SmallString<128> file(s.name);
    if (!path::is_absolute(s.name)) {
      file = m.directory;
      path::append(file, s.name);
    }
    llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> text = llvm::MemoryBuffer::getFile(file);
    if (text && contentHash((*text)->getBuffer()) == s.hash)
      continue;
    std::string what =
        text ? "has changed since" : "cannot be read (" + text.getError().message() + "), which was there when";
    sess.diag.error(span, "E0460", "found possibly newer version of crate `" + m.name + "`")
        .note("its source file `" + file.str() + "` " + what + " the crate was compiled")
        .note("perhaps that crate needs to be recompiled?");
    return false;
  }
  return true;
}

} // namespace ferric::metadata
