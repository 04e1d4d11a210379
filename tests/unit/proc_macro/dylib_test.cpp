// Files that are no proc macro crates of the right version are told apart, whatever is in them.
#include "proc_macro/dylib.h"
#include "../../../fuzz/file_samples.h"
#include <gtest/gtest.h>
#include <random>

using namespace ferric;
using namespace ferric::proc_macro;

namespace {

// A file with one section, `.rustc`.
std::string elf(const std::string &metadata) {
  samples::ElfFile f;
  return f.finish({{".rustc", 1, f.put(metadata), metadata.size(), 0, 0}});
}
std::string metadata(const std::string &version, bool procMacro, char format = 10) { return samples::rustcMetadata(version, procMacro, format); }

ReadResult read(const std::string &contents) { return readDylib(samples::TemporaryFile("so", contents).path); }

TEST(Dylib, OtherFiles) {
  EXPECT_EQ(read("").problem, Problem::NotProcMacro);
  EXPECT_EQ(read("not an object").problem, Problem::NotProcMacro);
  EXPECT_EQ(readDylib("/nowhere/libx.so").problem, Problem::Malformed);
  EXPECT_EQ(read(elf("something else")).problem, Problem::Malformed);
  EXPECT_EQ(read(elf(metadata("rustc 1.96.0 (x)", false))).problem, Problem::NotProcMacro);
}

TEST(Dylib, OtherVersions) {
  ReadResult older = read(elf(metadata("rustc 1.85.0 (x)", true)));
  EXPECT_EQ(older.problem, Problem::OtherVersion);
  EXPECT_EQ(older.detail, "rustc 1.85.0 (x)");
  EXPECT_EQ(read(elf(metadata("rustc 1.960.0", true))).problem, Problem::OtherVersion);
  EXPECT_EQ(read(elf(metadata("rustc 1.96.0 (x)", true, 9))).problem, Problem::OtherVersion);
}

TEST(Dylib, ReadsWhatItSaysOfItself) {
  ReadResult r = read(elf(metadata("rustc 1.96.0 (x)", true)));
  EXPECT_EQ(r.problem, Problem::Malformed); // its macros are missing
  EXPECT_EQ(r.dylib.crate, "macros");
  EXPECT_EQ(r.dylib.target, "x86_64-unknown-linux-gnu");
  EXPECT_EQ(r.dylib.edition, 2021u);
  EXPECT_EQ(r.dylib.symbol, "__rustc_proc_macro_decls_202020202020202__");
  EXPECT_EQ(r.dylib.hash, std::string("01010101010101010101010101010101"));
}

TEST(Dylib, DamagedMetadata) {
  std::string good = metadata("rustc 1.96.0 (x)", true);
  for (size_t n = 0; n < good.size(); ++n)
    EXPECT_NE(read(elf(good.substr(0, n))).problem, Problem::None) << n;
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = '\xff';
    EXPECT_NE(read(elf(bad)).problem, Problem::None) << i;
  }
}

TEST(Dylib, FindsTheMacros) {
  ReadResult r = read(samples::procMacroDylib());
  ASSERT_EQ(r.problem, Problem::None) << r.detail;
  ASSERT_EQ(r.dylib.macros.size(), 2u);
  EXPECT_EQ(r.dylib.macros[0].kind, Kind::Derive);
  EXPECT_EQ(r.dylib.macros[0].name, "derive_it");
  EXPECT_EQ(r.dylib.macros[0].helpers, std::vector<std::string>{"helper"});
  EXPECT_EQ(r.dylib.macros[1].name, "bang_it");
}

// Every eight bytes of it become an address or a size that leads out of the file, around its end or to no number at all.
TEST(Dylib, NumbersThatLeadOutside) {
  std::string good = samples::procMacroDylib();
  for (uint64_t n : {~uint64_t(0), ~uint64_t(0) - 1, ~uint64_t(0) - 7, uint64_t(1) << 63, uint64_t(good.size()), uint64_t(good.size() - 1)})
    for (size_t at = 0; at + 8 <= good.size(); at += 4) {
      std::string bad = good;
      bad.replace(at, 8, samples::number(n));
      (void)read(bad);
    }
}

TEST(Dylib, DamagedFiles) {
  std::string good = samples::procMacroDylib();
  for (size_t n = 0; n < good.size(); n += 3)
    EXPECT_NE(read(good.substr(0, n)).problem, Problem::None) << n;
  std::mt19937 random(1);
  unsigned refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bad = good;
    for (int changes = 1 + int(random() % 4); changes; --changes)
      bad[random() % bad.size()] = char(random() % 3 ? random() : 0xFF);
    refused += read(bad).problem != Problem::None;
  }
  EXPECT_GT(refused, 500u);
}

// A table of helpers that many macros share is no reason to make billions of them.
TEST(Dylib, HelpersHaveABound) {
  std::string facts = metadata("rustc 1.96.0 (x)", true);
  EXPECT_EQ(read(samples::procMacroDylib(facts, 1, 0x9000)).problem, Problem::None);
  EXPECT_EQ(read(samples::procMacroDylib(facts, 2, 0x9000)).problem, Problem::Malformed);
}

} // namespace
