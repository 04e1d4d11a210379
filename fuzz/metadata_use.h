// A crate that uses another whose metadata is any text at all, with its checksum made right: for the fuzz target of that name, and for a
// test that damages metadata in fixed ways. What is looked for is crashes, hangs, and failing without saying why.
#pragma once
#include "driver/front_end.h"
#include "driver/target_json.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace ferric {

class MetadataUse {
public:
  MetadataUse() {
    CHECK(!llvm::sys::fs::createUniqueDirectory("ferric-metadata", folder_), "no folder for temporary files");
    write("lib.rs", kLibrary);
    write("main.rs", "#![no_core]\nextern crate dep;\npub use dep::m::*;\npub type T = dep::S;\n#[cfg(never)] mod none;\n");
  }
  ~MetadataUse() { llvm::sys::fs::remove_directories(folder_); }

  // What the library's own compilation would leave.
  metadata::Manifest manifest() const {
    metadata::Manifest m;
    m.name = "dep";
    m.target = Options().target;
    m.directory = folder_.str().str();
    m.edition = 2021;
    m.noCore = true;
    m.cfgs = {"unix", "feature=\"a\""};
    m.attrs = {"allow(unused)"};
    m.sources = {{"lib.rs", metadata::contentHash(kLibrary)}};
    m.env = {{"FERRIC_SET", "value"}, {"FERRIC_UNSET", std::nullopt}};
    m.exports = {"_RNvC3dep1f"};
    m.macroRuns = metadata::pack({{"call", "result"}});
    m.hash = metadata::versionHash(m);
    return m;
  }
  // Its text without the first line.
  std::string body() const { return llvm::StringRef(metadata::encode(manifest())).split('\n').second.str(); }

  enum class Outcome : uint8_t { Used, Reported, Silent };
  // Compiles the crate with a library of this metadata as far as names go. Silent: that failed, and nothing was said.
  Outcome use(llvm::StringRef body) {
    llvm::StringRef first = "ferric metadata ";
    write("libdep.rmeta", (first + llvm::Twine(metadata::Manifest::kVersion) + " " + metadata::contentHash(body) + "\n" + body).str());
    Session sess;
    sess.diag.config.out = &llvm::nulls();
    sess.options.input = path("main.rs");
    sess.options.crateName = "main";
    sess.options.crateTypes = {CrateType::Rlib};
    sess.options.noCrateCache = true;
    ExternOption dep;
    dep.name = "dep";
    dep.path = path("libdep.rmeta");
    sess.options.externs.push_back(dep);
    const layout::TargetSpec *target = driver::findTarget(sess);
    Crates crates(sess);
    driver::FrontEnd frontEnd(sess, crates, *target);
    bool done = frontEnd.open() && frontEnd.run();
    if (done) {
      (void)frontEnd.manifest({});
      done = frontEnd.dependencies().has_value();
    }
    return sess.diag.hasErrors() ? Outcome::Reported : done ? Outcome::Used : Outcome::Silent;
  }

private:
  static constexpr llvm::StringLiteral kLibrary =
      "#![no_core]\npub mod m { pub struct S; #[cfg(feature = \"a\")] pub struct A; }\npub use m::S;\n";
  std::string path(llvm::StringRef name) const { return (folder_ + "/" + name).str(); }
  void write(llvm::StringRef name, llvm::StringRef text) const {
    std::error_code ec;
    llvm::raw_fd_ostream os(path(name), ec);
    CHECK(!ec, "a temporary file cannot be written");
    os << text;
  }
  llvm::SmallString<128> folder_;
};

} // namespace ferric
