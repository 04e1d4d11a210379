// The eager half of the compiler: a crate from its root file to resolved definitions.
#pragma once
#include "driver/crate_store.h"
#include "driver/root_attrs.h"

namespace ferric::driver {

// The crates of a compilation: the local one (id 0) and the library crates it stands on, loaded from source.
class FrontEnd {
public:
  FrontEnd(Session &sess, Crates &crates, const layout::TargetSpec &target);
  // Reads the root file of the local crate and learns from its attributes and the options what it is. False: reported.
  bool open();
  // -Zunpretty=tokens: the root file's tokens.
  void printTokens(llvm::raw_ostream &os);
  // -Zunpretty=ast-tree and normal: the root file parsed, nothing expanded.
  void printAst(llvm::raw_ostream &os, bool tree);
  // Loads core unless the crate is #![no_core], then expands and resolves the local crate. False: not even that was possible.
  bool run();
  // What the crate leaves for its dependants, with what it links; after run().
  metadata::Manifest manifest(std::vector<NativeLib> nativeLibs) const { return store_.manifest(std::move(nativeLibs)); }
  // See CrateStore.
  void useLibraryCode() { store_.useLibraryCode(); }
  llvm::ArrayRef<std::string> trackedPaths() const { return store_.trackedPaths(); }
  std::optional<std::vector<metadata::Dependency>> dependencies() { return store_.dependencies(); }
  void printExpanded(llvm::raw_ostream &os);
  void printResolved(llvm::raw_ostream &os);

private:
  FileId rootFile();

  Session &sess_;
  Crates &crates_;
  CrateStore store_;
  std::unique_ptr<llvm::MemoryBuffer> text_; // of the root file, until it is in the source map
  std::string path_;                         // where it was read from
  RootFacts facts_;
};

} // namespace ferric::driver
