// Files that are no proc macro crates of the right version are told apart, whatever is in them.
#include "proc_macro/dylib.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <gtest/gtest.h>

using namespace ferric::proc_macro;

namespace {

// A file of 64-bit ELF with one section, `.rustc`.
std::string elf(const std::string &metadata) {
  std::string names("\0.rustc\0.names\0", 15), out;
  auto put = [&](uint64_t n, int bytes) {
    for (int i = 0; i < bytes; ++i)
      out += char(n >> 8 * i);
  };
  uint64_t text = 64, strings = text + metadata.size(), headers = strings + names.size();
  out += std::string("\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0", 16);
  for (auto [n, bytes] : std::initializer_list<std::pair<uint64_t, int>>{{3, 2}, {62, 2}, {1, 4}, {0, 8}, {0, 8}, {headers, 8}, {0, 4}, {64, 2}, {56, 2}, {0, 2}, {64, 2}, {3, 2}, {2, 2}})
    put(n, bytes);
  out += metadata + names;
  auto section = [&](uint64_t name, uint64_t type, uint64_t offset, uint64_t size) {
    for (auto [n, bytes] : std::initializer_list<std::pair<uint64_t, int>>{{name, 4}, {type, 4}, {0, 8}, {0, 8}, {offset, 8}, {size, 8}, {0, 4}, {0, 4}, {1, 8}, {0, 8}})
      put(n, bytes);
  };
  section(0, 0, 0, 0);
  section(1, 1, text, metadata.size());
  section(8, 3, strings, names.size());
  return out;
}

std::string text(const std::string &s) { return std::string(1, char(s.size())) + s + "\xC1"; }

// rustc's metadata up to the edition, in the section's wrapping.
std::string metadata(const std::string &version, bool procMacro, char format = 10) {
  std::string head("rust\0\0\0", 7);
  head += format;
  std::string body = text(version);
  std::string root = std::string(1, '\0') + text("x86_64-unknown-linux-gnu") + std::string(16, '\1') + std::string(1, '\0') + text("macros") +
                     std::string(1, char(procMacro)) + std::string(1, '\0') + text("") + std::string(8, '\2') + std::string("\0\0\2", 3);
  auto number = [](uint64_t n) {
    std::string s;
    for (int i = 0; i < 8; ++i)
      s += char(n >> 8 * i);
    return s;
  };
  std::string blob = head + number(16 + body.size()) + body + root;
  return head + number(blob.size()) + blob;
}

ReadResult read(const std::string &contents) {
  llvm::SmallString<128> path;
  int fd;
  EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("dylib", "so", fd, path));
  llvm::raw_fd_ostream(fd, true) << contents;
  ReadResult r = readDylib(path);
  llvm::sys::fs::remove(path);
  return r;
}

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

} // namespace
