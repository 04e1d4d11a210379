// Native libraries where there is no linker: in archives, and in what is said of a static library
// (rustc_codegen_ssa::back::link).
#include "codegen/codegen.h"
#include "metadata/archive.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace ferric::codegen {

namespace path = llvm::sys::path;

bool isBundled(const NativeLib &lib) { return lib.kind == NativeLibKind::Static && lib.bundle.value_or(true); }

// `lib<name>.a`, or the name itself, in the -L folders for native libraries; empty: it is in none.
static std::string findStaticLib(const Options &o, const NativeLib &lib) {
  std::string file = lib.verbatim.value_or(false) ? lib.name : "lib" + lib.name + ".a";
  for (const std::string &option : o.libSearchPaths) {
    llvm::StringRef folder = nativeSearchFolder(option);
    llvm::SmallString<128> candidate(folder);
    path::append(candidate, file);
    if (!folder.empty() && llvm::sys::fs::exists(candidate))
      return candidate.str().str();
  }
  return "";
}

llvm::StringRef nativeSearchFolder(llvm::StringRef option) {
  auto [kind, folder] = option.split('=');
  if (kind == "native" || kind == "all")
    return folder;
  return kind == "dependency" || kind == "crate" || kind == "framework" ? llvm::StringRef() : option;
}

static bool bundle(Session &sess, const NativeLib &lib, ArchiveContents &out, std::vector<std::string> &temporaries) {
  std::string file = findStaticLib(sess.options, lib);
  if (file.empty()) {
    diag::Builder error = sess.diag.errorNoSpan("could not find native static library `" + lib.name +
                                                "`, perhaps an -L flag is missing?");
    if (lib.verbatim.value_or(false))
      error.help("only the file name as it is written is looked for, since the library is `+verbatim`");
    error.emit();
    return false;
  }
  std::vector<std::string> files, names;
  llvm::Error e = metadata::extractObjects(file, metadata::Objects::All, files, &names);
  llvm::append_range(temporaries, files);
  if (e) {
    sess.diag.errorNoSpan("failed to add native library " + file + ": " + llvm::toString(std::move(e))).emit();
    return false;
  }
  for (size_t i = 0; i < files.size(); ++i) {
    if (lib.wholeArchive.value_or(false))
      out.own.push_back(files[i]);
    else
      out.others.push_back({names[i], files[i]});
  }
  return true;
}

bool bundleNativeLibs(Session &sess, llvm::ArrayRef<NativeLib> libs, ArchiveContents &out,
                      std::vector<std::string> &temporaries) {
  return llvm::all_of(libs,
                      [&](const NativeLib &lib) { return !isBundled(lib) || bundle(sess, lib, out, temporaries); });
}

std::vector<const metadata::Dependency *> linkOrder(llvm::ArrayRef<metadata::Dependency> dependencies) {
  std::vector<const metadata::Dependency *> after; // what is used first
  llvm::StringMap<const metadata::Dependency *> byHash;
  for (const metadata::Dependency &d : dependencies)
    if (!d.ofLibrary)
      byHash[d.hash] = &d;
  llvm::DenseSet<const metadata::Dependency *> seen;
  auto visit = [&](auto &self, const metadata::Dependency &d) -> void {
    if (!seen.insert(&d).second)
      return;
    for (const std::string &hash : d.uses)
      if (const metadata::Dependency *used = byHash.lookup(hash))
        self(self, *used);
    after.push_back(&d);
  };
  for (const metadata::Dependency &d : dependencies) // the library's are in the order of their use
    if (d.ofLibrary)
      visit(visit, d);
  for (const metadata::Dependency &d : dependencies)
    visit(visit, d);
  std::reverse(after.begin(), after.end());
  return after;
}

static void note(Session &sess, const llvm::Twine &message) {
  diag::Diagnostic d;
  d.level = diag::Level::Note;
  d.message = message.str();
  diag::Builder(sess.diag, std::move(d)).emit();
}

bool printNativeStaticLibs(Session &sess, const LinkInputs &inputs) {
  std::vector<std::string> words;
  auto add = [&](llvm::ArrayRef<NativeLib> libs) {
    for (const NativeLib &l : libs) {
      if (isBundled(l) || l.kind == NativeLibKind::LinkArg)
        continue;
      std::string word = "-l" + std::string(l.verbatim.value_or(false) ? ":" : "") + l.name;
      if (words.empty() || words.back() != word)
        words.push_back(std::move(word));
    }
  };
  for (const metadata::Dependency *d : linkOrder(inputs.dependencies))
    add(d->nativeLibs);
  add(inputs.nativeLibs);
  const std::string &file = *sess.options.printNativeStaticLibs;
  std::string text = llvm::join(words, " ");
  constexpr llvm::StringLiteral kOrder = ". The order and any duplication can be significant on some platforms";
  if (file.empty()) {
    note(sess, "link against the following native artifacts when linking against this static library" + kOrder);
    note(sess, "native-static-libs: " + text);
    return true;
  }
  llvm::Error e = llvm::writeToOutput(file, [&](llvm::raw_ostream &os) {
    os << text << '\n';
    return llvm::Error::success();
  });
  if (e) {
    sess.diag.errorNoSpan("failed to open file `" + file + "`: " + llvm::toString(std::move(e))).emit();
    return false;
  }
  note(sess, "native artifacts to link against have been written to " + file + kOrder);
  return true;
}

} // namespace ferric::codegen
