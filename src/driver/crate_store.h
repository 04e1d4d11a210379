// Where the crates of a compilation come from, each loaded once: core and alloc from the image of the library, or from its source, others
// from what their compilation left (--extern, -L).
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
  // Maps the image of the library, unless there is to be none; must be the first that happens in the session.
  void mapLibrary();
  // Loads core unless the local crate, whose name and edition are known, is #![no_core]. False: reported.
  bool begin(bool noCore);
  // Expands and resolves the local crate from its root file; after `begin`. False: expansion had to be given up.
  bool compileLocal(FileId root);
  // What dependants of the local crate will need; after it is resolved.
  metadata::Manifest manifest() const;

private:
  // What differs between the crates that go through the front end.
  struct Input {
    FileId root;
    std::vector<std::string> cfgs, attrs;
    const metadata::Manifest *manifest = nullptr; // of a crate that was compiled before
  };
  bool expandAndResolve(Crate &crate, const Input &input);
  const std::string &libraryDirectory();
  CrateId loadLibrary(Crate &from, Symbol name, Span span);
  CrateId compileLibraryCrate(Symbol name, Span span);
  CrateId mapLibraryCrate(Symbol name);
  static std::vector<CrateId> compileWholeLibrary(Session &sess, Crates &crates, const layout::TargetSpec &target);
  CrateId loadExternal(Crate &from, Symbol name, const std::optional<metadata::Request> &request, Span span);
  std::optional<metadata::Request> requestFor(const Crate &from, Symbol name, Span span) const;
  CrateId compileAgain(metadata::Located located, Span span);
  std::vector<std::string> cfgsFor(bool local) const;

  Session &sess_;
  Crates &crates_;
  const layout::TargetSpec &target_;
  bool noCore_ = false;
  Span asked_;                              // where the local crate names the crate that is being loaded
  std::optional<std::string> libraryDirectory_;                            // empty: there is none
  std::unique_ptr<metadata::Image> image_;                                 // of the library; null: from source
  CrateId reserved_;                                                       // for alloc, so that crates have the same ids with an image and without
  llvm::DenseMap<Symbol, CrateId> library_;                                // loaded; none: it failed
  llvm::StringMap<CrateId> external_;                                      // by version hash
  llvm::DenseMap<uint8_t, std::unique_ptr<metadata::Manifest>> manifests_; // by crate
};

} // namespace ferric::driver
