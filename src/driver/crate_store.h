// Where the crates of a compilation come from, each loaded once: core and alloc from the library's source, others from
// what their compilation left (--extern, -L).
#pragma once
#include "defs/crate.h"
#include "layout/target.h"
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
  // Expands and resolves the local crate from its root file; its name and edition are known. False: expansion had to be
  // given up.
  bool compileLocal(FileId root, bool noCore);
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
  CrateId loadLibrary(Crate &from, Symbol name, Span span);
  CrateId loadExternal(Crate &from, Symbol name, const std::optional<metadata::Request> &request, Span span);
  std::optional<metadata::Request> requestFor(const Crate &from, Symbol name, Span span) const;
  CrateId compileAgain(metadata::Located located, Span span);
  std::vector<std::string> cfgsFor(bool local) const;

  Session &sess_;
  Crates &crates_;
  const layout::TargetSpec &target_;
  bool noCore_ = false;
  Span asked_;                              // where the local crate names the crate that is being loaded
  llvm::DenseMap<Symbol, CrateId> library_;                                // loaded; none: it failed
  llvm::StringMap<CrateId> external_;                                      // by version hash
  llvm::DenseMap<uint8_t, std::unique_ptr<metadata::Manifest>> manifests_; // by crate
};

} // namespace ferric::driver
