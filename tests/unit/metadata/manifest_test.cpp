// The manifest: what is written is read again, and what is damaged, of another version or not ours is told apart.
#include "metadata/locator.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <gtest/gtest.h>

using namespace ferric;
using namespace ferric::metadata;

static Manifest sample() {
  Manifest m;
  m.name = "sample";
  m.stableId = "meta";
  m.target = "x86_64-unknown-linux-gnu";
  m.directory = "/somewhere";
  m.edition = 2018;
  m.overflowChecks = true;
  m.cfgs = {"unix", "feature=\"a\""};
  m.attrs = {"no_std"};
  m.sources = {{"src/lib.rs", contentHash("fn f() {}")}, {"src/a b.rs", contentHash("")}};
  m.externs = {{"renamed", "original", "0123", true}};
  m.env = {{"SET", "value"}, {"UNSET", std::nullopt}};
  m.macroRuns = pack({{"call", std::string("a\0\xff", 3)}, {"other", ""}});
  m.nativeLibs.resize(2);
  m.nativeLibs[0].name = "z";
  m.nativeLibs[1].name = "a=b:c";
  m.nativeLibs[1].kind = NativeLibKind::Static;
  m.nativeLibs[1].bundle = false;
  m.nativeLibs[1].wholeArchive = m.nativeLibs[1].verbatim = true;
  m.hash = versionHash(m);
  return m;
}

TEST(Manifest, ReadsWhatItWrites) {
  Manifest m = sample();
  Decoded d = decode(encode(m));
  ASSERT_EQ(d.problem, Unusable::None) << d.detail;
  EXPECT_EQ(encode(d.manifest), encode(m));
  EXPECT_EQ(d.manifest.sources[1].name, "src/a b.rs");
  EXPECT_EQ(d.manifest.externs[0].crate, "original");
  EXPECT_TRUE(d.manifest.externs[0].prelude);
  EXPECT_EQ(d.manifest.env[0].second, std::optional<std::string>("value"));
  EXPECT_EQ(d.manifest.env[1].second, std::nullopt);
  EXPECT_EQ(unpack(d.manifest.macroRuns), (MacroRuns{{"call", std::string("a\0\xff", 3)}, {"other", ""}}));
  EXPECT_EQ(d.manifest.cfgs.list(), (std::vector<std::string>{"unix", "feature=\"a\""}));
  ASSERT_EQ(d.manifest.nativeLibs.size(), 2u);
  EXPECT_EQ(d.manifest.nativeLibs[0].kind, NativeLibKind::Unspecified);
  EXPECT_EQ(d.manifest.nativeLibs[1].name, "a=b:c");
  EXPECT_EQ(d.manifest.nativeLibs[1].kind, NativeLibKind::Static);
  EXPECT_EQ(d.manifest.nativeLibs[1].bundle, std::optional(false));
  EXPECT_EQ(d.manifest.nativeLibs[1].asNeeded, std::nullopt);
}

TEST(Manifest, HashTellsVersionsApartButNotFolders) {
  Manifest m = sample(), moved = m, changed = m, other = m;
  moved.directory = "/elsewhere";
  changed.sources[0].hash = contentHash("fn g() {}");
  other.cfgs = {"unix", "test"};
  EXPECT_EQ(versionHash(moved), m.hash);
  EXPECT_NE(versionHash(changed), m.hash);
  EXPECT_NE(versionHash(other), m.hash);
  Manifest linked = m;
  linked.nativeLibs[1].bundle = true;
  EXPECT_NE(versionHash(linked), m.hash);
  Manifest made = m;
  made.macroRuns = pack({{"call", "x"}});
  EXPECT_NE(versionHash(made), m.hash);
}

TEST(Manifest, RefusesWhatItDoesNotUnderstand) {
  std::string text = encode(sample());
  EXPECT_EQ(decode("").problem, Unusable::Malformed);
  EXPECT_EQ(decode("\x7f"
                   "ELF")
                .problem,
            Unusable::Malformed);
  EXPECT_EQ(decode(llvm::StringRef("rust\0\0\0\x0a", 8)).problem, Unusable::OtherVersion);
  EXPECT_EQ(decode("ferric metadata 999\n{}").problem, Unusable::OtherVersion);
  EXPECT_EQ(decode(llvm::StringRef(text).drop_back(40)).problem, Unusable::Malformed);
  size_t at = text.find("2018");
  EXPECT_EQ(decode(text.substr(0, at) + "2021" + text.substr(at + 4)).problem, Unusable::Malformed);
  for (size_t i = 0; i < text.size(); ++i) { // no damage goes unseen
    EXPECT_NE(decode(text.substr(0, i) + "\"" + text.substr(i)).problem, Unusable::None) << i;
    EXPECT_NE(decode(text.substr(0, i)).problem, Unusable::None) << i;
  }
}

namespace {
// A folder for crates, a session that looks there, and the codes it reports.
class Locating : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("ferric-locator", folder));
    folders = {folder.str().str()};
  }
  void TearDown() override { llvm::sys::fs::remove_directories(folder); }
  std::string write(llvm::StringRef name, llvm::StringRef text) {
    llvm::SmallString<128> path(folder);
    llvm::sys::path::append(path, name);
    std::error_code ec;
    llvm::raw_fd_ostream(path, ec) << text;
    return path.str().str();
  }
  std::string rlib(llvm::StringRef name, llvm::StringRef metadata) {
    std::string path = write(name, "");
    std::vector<llvm::NewArchiveMember> members;
    members.push_back(llvm::NewArchiveMember(llvm::MemoryBufferRef(metadata, kMember)));
    llvm::cantFail(llvm::writeArchive(path, members, llvm::SymtabWritingMode::NormalSymtab,
                                      llvm::object::Archive::K_GNU, true, false));
    return path;
  }
  std::string find(Request request = {}) {
    request.crate = request.crate.empty() ? "sample" : request.crate;
    Session sess; // a session reports the same error once
    std::string text;
    llvm::raw_string_ostream os(text);
    sess.options.libSearchPaths = folders;
    sess.diag.config.out = &os;
    sess.diag.config.format = diag::ErrorFormat::Short;
    std::optional<Located> l = Finder().locate(sess, request);
    if (l)
      return llvm::sys::path::filename(l->path).str() + " " + llvm::sys::path::filename(l->archive).str();
    size_t at = text.find("error[");
    return at == std::string::npos ? text : text.substr(at + 6, 5);
  }
  llvm::SmallString<128> folder;
  std::vector<std::string> folders;
};
} // namespace

TEST_F(Locating, PrefersNoOneAndPairsMetadataWithItsArchive) {
  EXPECT_EQ(find(), "E0463");
  Manifest m = sample();
  rlib("libsample-x1.rlib", encode(m));
  EXPECT_EQ(find(), "libsample-x1.rlib libsample-x1.rlib");
  write("libsample-x1.rmeta", encode(m));
  write("libsample_more.rmeta", encode(m)); // only begins like it, but holds the crate
  EXPECT_EQ(find(), "libsample-x1.rlib libsample-x1.rlib");
  m.cfgs = {};
  m.hash = versionHash(m);
  write("libsample2.rmeta", encode(m));
  EXPECT_EQ(find(), "E0464");
  Request exact;
  exact.hash = m.hash;
  EXPECT_EQ(find(exact), "libsample2.rmeta ");
  exact.hash = "none";
  EXPECT_EQ(find(exact), "E0460");
}

TEST_F(Locating, SaysWhatIsWrongWithWhatItFound) {
  Manifest m = sample();
  m.target = "riscv64";
  m.hash = versionHash(m);
  write("libsample.rmeta", encode(m));
  EXPECT_EQ(find(), "E0461");
  write("libsample.rmeta", "ferric metadata 999\n{}");
  EXPECT_EQ(find(), "E0514");
  write("libsample.rmeta", "junk");
  EXPECT_EQ(find(), "E0786");
  llvm::sys::fs::remove(write("libsample.rmeta", ""));
  write("libsample.a", "");
  EXPECT_EQ(find(), "E0462");
}

TEST_F(Locating, GivenPathsAreTakenAsTheyAre) {
  Request request;
  request.crate = "renamed";
  request.paths = {rlib("libsample.rlib", encode(sample()))};
  EXPECT_EQ(find(request), "libsample.rlib libsample.rlib");
  request.paths = {folder.str().str() + "/libnot_there.rlib"};
  EXPECT_NE(find(request).find("does not exist"), std::string::npos);
  request.paths = {write("sample.txt", encode(sample()))};
  EXPECT_EQ(find(request), "E0463");
}

TEST_F(Locating, SearchesTheFoldersOfItsKind) {
  write("libsample.rmeta", encode(sample()));
  folders = {"native=" + folder.str().str()};
  EXPECT_EQ(find(), "E0463");
  folders = {"dependency=" + folder.str().str()};
  EXPECT_EQ(find(), "E0463");
  Request transitive;
  transitive.hash = sample().hash;
  transitive.dependant = "other";
  EXPECT_EQ(find(transitive), "libsample.rmeta ");
}

TEST_F(Locating, NoticesChangedSources) {
  Session sess;
  std::string text;
  llvm::raw_string_ostream os(text);
  sess.diag.config.out = &os;
  Manifest m = sample();
  m.directory = folder.str().str();
  m.sources = {{"lib.rs", contentHash("fn f() {}")}};
  EXPECT_FALSE(checkSources(sess, m, {}));
  write("lib.rs", "fn f() {}");
  EXPECT_TRUE(checkSources(sess, m, {}));
  write("lib.rs", "fn g() {}");
  EXPECT_FALSE(checkSources(sess, m, {}));
}
