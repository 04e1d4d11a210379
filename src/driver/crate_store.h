// Where the crates of a compilation come from, each loaded once: from an image that is mapped at the beginning, else core
// and alloc from the library's source, others from what their compilation left (--extern, -L).
#pragma once
#include "defs/crate.h"
#include "layout/target.h"
#include "metadata/image.h"
#include "metadata/locator.h"
#include "parse/cfg.h"

namespace ferric::driver {

class CrateStore : public CrateLoader {
public:
  CrateStore(Session &sess, Crates &crates, const layout::TargetSpec &target)
      : sess_(sess), crates_(crates), target_(target) {}
  CrateId load(Crate &from, Symbol name, Span span) override;
  // core for `from`, unless it is #![no_core]; none: reported.
  CrateId loadCore(Crate &from) { return loadLibrary(from, sym::core, Span()); }
  // Maps an image of the library, and of the crates of --extern when they are large, unless there is to be none; must be
  // the first that happens in the session.
  void mapImage();
  // Loads core unless the local crate, whose name and edition are known, is #![no_core]. False: reported.
  bool begin(bool noCore);
  // Expands and resolves the local crate from its root file; after `begin`. False: expansion had to be given up, or a crate could not be
  // loaded, so that what follows would be errors of that.
  bool compileLocal(FileId root);
  // The crates that the local one stands on, those aside that are compiled from the library's source; first those that were
  // loaded, then those that no name led to, which are found now. None: one cannot be found, reported.
  std::optional<std::vector<metadata::Dependency>> dependencies();
  // Has code of the library's crates that were loaded taken from what is compiled once for all programs, if the options
  // allow it (library_code.h); before it is decided what code is made.
  void useLibraryCode();
  // Files that procedural macros of the local crate depend on, as they say.
  llvm::ArrayRef<std::string> trackedPaths() const { return trackedPaths_; }
  // What dependants of the local crate will need, with what it links; after it is resolved.
  metadata::Manifest manifest(std::vector<NativeLib> nativeLibs) const;

private:
  // What differs between the crates that go through the front end.
  struct Input {
    FileId root;
    std::vector<std::string> cfgs, attrs;
    const metadata::Manifest *manifest = nullptr; // of a crate that was compiled before
    metadata::MacroRuns macroRuns;                // its own
  };
  bool expandAndResolve(Crate &crate, const Input &input);
  const std::string &libraryDirectory();
  CrateId loadLibrary(Crate &from, Symbol name, Span span);
  CrateId compileLibraryCrate(Symbol name, Span span);
  CrateId mapLibraryCrate(Symbol name);
  // What an image is made of: the library and, if so, the crates of --extern, compiled in a session of their own.
  static std::vector<CrateId> compileForImage(Session &sess, Crates &crates, const layout::TargetSpec &target,
                                              bool withExterns);
  CrateId loadExternal(Crate &from, Symbol name, const std::optional<metadata::Request> &request, Span span);
  std::optional<metadata::Request> requestFor(const Crate &from, Symbol name, Span span) const;
  CrateId loadLocated(metadata::Located located, Span span);
  CrateId mapLocated(size_t index, const metadata::Manifest &m, Span span);
  bool isLocalCrate(const metadata::Manifest &m, Span span);
  CrateId defineProcMacros(const metadata::Manifest &m, const proc_macro::Dylib &dylib);
  CrateId compileAgain(const metadata::Manifest &m, Span span);
  bool mapCrate(CrateId id, size_t index);
  std::vector<std::string> cfgsFor(bool local) const;

  Session &sess_;
  Crates &crates_;
  const layout::TargetSpec &target_;
  bool noCore_ = false;
  bool isIncomplete_ = false; // a crate could not be loaded, which was reported
  Span asked_;                              // where the local crate names the crate that is being loaded
  std::optional<std::string> libraryDirectory_;                            // empty: there is none
  metadata::Finder finder_;
  std::unique_ptr<metadata::Image> image_;                                 // null: all from source
  metadata::MacroRuns macroRuns_;                                          // of the local crate
  std::vector<std::string> trackedPaths_;                                  // of the local crate
  CrateId reserved_;                                                       // for alloc, so that crates have the same ids with an image and without
  llvm::DenseMap<Symbol, CrateId> library_;                                // loaded; none: it failed
  llvm::StringMap<CrateId> external_;                                      // by version hash
  llvm::DenseMap<uint8_t, std::shared_ptr<const metadata::Manifest>> manifests_; // by crate
};

} // namespace ferric::driver
