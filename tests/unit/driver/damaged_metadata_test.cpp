// Metadata that says something wrong under a right checksum: it is used or reported, and never more than that. The ways are the same in each run.
#include "../../../fuzz/metadata_use.h"
#include <gtest/gtest.h>
#include <random>

using namespace ferric;
using Outcome = MetadataUse::Outcome;

TEST(DamagedMetadata, IsUsedWhenItIsWhole) {
  MetadataUse library;
  EXPECT_EQ(library.use(library.body()), Outcome::Used);
}

TEST(DamagedMetadata, CutsAreReported) {
  MetadataUse library;
  std::string body = library.body();
  for (size_t n = 0; n < body.size(); ++n)
    EXPECT_EQ(library.use(llvm::StringRef(body).take_front(n)), Outcome::Reported) << n;
}

TEST(DamagedMetadata, OtherBytesAreUsedOrReported) {
  MetadataUse library;
  const std::string whole = library.body();
  std::mt19937 random(1);
  auto below = [&](size_t n) { return random() % n; };
  unsigned used = 0, reported = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string body = whole;
    for (size_t changes = 1 + below(3); changes; --changes) {
      size_t at = below(body.size());
      switch (below(4)) {
      case 0: body[at] = char(body[at] ^ (1 << below(8))); break;
      case 1: body[at] = char(below(256)); break;
      case 2: body.erase(at, 1 + below(20)); break;
      case 3: body.insert(at, body.substr(below(body.size()), 1 + below(20))); break;
      }
    }
    Outcome outcome = library.use(body);
    ASSERT_NE(outcome, Outcome::Silent) << body;
    ++(outcome == Outcome::Used ? used : reported);
  }
  EXPECT_GT(reported, 1000u);
  EXPECT_GT(used, 0u);
}

// One member after the other with values that its type allows and its maker does not write.
TEST(DamagedMetadata, StrangeValuesAreUsedOrReported) {
  MetadataUse library;
  auto check = [&](auto change) {
    metadata::Manifest m = library.manifest();
    change(m);
    std::string text = metadata::encode(m);
    EXPECT_NE(library.use(llvm::StringRef(text).split('\n').second), Outcome::Silent) << text;
  };
  const std::string strange[] = {"", "\n", "\"", "../..", "dep", "self", "crate", "1x", "#![", "a=\"b", std::string(5000, 'a')};
  for (const std::string &s : strange) {
    check([&](auto &m) { m.name = s; });
    check([&](auto &m) { m.stableId = s; });
    check([&](auto &m) { m.target = s; });
    check([&](auto &m) { m.hash = s; });
    check([&](auto &m) { m.directory = s; });
    check([&](auto &m) { m.cfgs = {s, s}; });
    check([&](auto &m) { m.attrs = {s, s}; });
    check([&](auto &m) { m.sources[0].name = s; });
    check([&](auto &m) { m.sources.push_back({s, s}); });
    check([&](auto &m) { m.externs = {{s, s, s, true}}; });
    check([&](auto &m) { m.externs = {{"dep", "dep", m.hash, true}}; }); // itself
    check([&](auto &m) { m.env = {{s, s}}; });
    check([&](auto &m) { m.macroRuns = metadata::pack({{s, s}}); });
    check([&](auto &m) { m.macroRuns = s; });
    check([&](auto &m) { m.exports = {s}; });
    check([&](auto &m) {
      m.nativeLibs.resize(2);
      m.nativeLibs[0].name = m.nativeLibs[1].name = s;
      m.nativeLibs[1].kind = NativeLibKind::Static;
    });
  }
  for (unsigned number : {0u, 1u, 2022u, 4294967295u}) {
    check([&](auto &m) { m.edition = number; });
    check([&](auto &m) { m.optLevel = number; });
  }
  check([](auto &m) { m.noCore = false; });
  check([](auto &m) { m.sources.clear(); });
}

TEST(DamagedMetadata, DeepNestingIsReported) {
  MetadataUse library;
  std::string body = library.body();
  size_t at = body.find("[");
  ASSERT_NE(at, std::string::npos);
  body.replace(at, 1, std::string(3000000, '['));
  EXPECT_EQ(library.use(body), Outcome::Reported);
}
