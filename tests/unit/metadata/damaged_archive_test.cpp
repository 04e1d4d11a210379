// Archives that are damaged: what is left of them is read or refused, and never more than that.
#include "../../../fuzz/file_samples.h"
#include <gtest/gtest.h>
#include <random>

using namespace ferric;
using namespace ferric::metadata;

static std::string whole() {
  Manifest m;
  m.name = "sample";
  m.sources = {{"lib.rs", contentHash("")}};
  m.hash = versionHash(m);
  return samples::rlib(encode(m));
}

// The contents of the objects, or nothing when that is an error.
static std::optional<std::vector<std::string>> objectsOf(const std::string &bytes, Objects which) {
  samples::TemporaryFile file("rlib", bytes);
  std::vector<std::string> files, contents;
  llvm::Error e = extractObjects(file.path, which, files);
  for (const std::string &f : files) {
    if (llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer = llvm::MemoryBuffer::getFile(f))
      contents.push_back((*buffer)->getBuffer().str());
    llvm::sys::fs::remove(f);
  }
  if (!e)
    return contents;
  llvm::consumeError(std::move(e));
  return std::nullopt;
}

TEST(Archive, TellsItsMembersApart) {
  EXPECT_EQ(readCrateFile(samples::TemporaryFile("rlib", whole()).path).problem, Unusable::None);
  EXPECT_EQ(objectsOf(whole(), Objects::Own), std::vector<std::string>{"object of the crate"});
  EXPECT_EQ(objectsOf(whole(), Objects::OfNativeLibs), std::vector<std::string>{"another"});
  EXPECT_EQ(objectsOf(whole(), Objects::All)->size(), 2u);
}

TEST(Archive, Cuts) {
  std::string good = whole();
  for (size_t n = 0; n < good.size(); n += 7) {
    samples::TemporaryFile file("rlib", good.substr(0, n));
    if (n < good.size() / 2)
      EXPECT_NE(readCrateFile(file.path).problem, Unusable::None) << n;
    (void)objectsOf(good.substr(0, n), Objects::All);
  }
}

TEST(Archive, MembersThatAreLongerThanTheFile) {
  std::string bytes = "!<arch>\n"
                      "a.0.rcgu.o/     0           0     0     644     50        `\n"
                      "short";
  EXPECT_EQ(objectsOf(bytes, Objects::Own), std::nullopt);
}

TEST(Archive, OtherBytes) {
  std::string good = whole();
  std::mt19937 random(1);
  unsigned refused = 0;
  for (int round = 0; round < 2000; ++round) {
    std::string bad = good;
    for (int changes = 1 + int(random() % 3); changes; --changes)
      bad[random() % 2 ? random() % bad.size() : random() % 130] = char(random() % 2 ? random() : '0' + random() % 10);
    refused += readCrateFile(samples::TemporaryFile("rlib", bad).path).problem != Unusable::None;
    (void)objectsOf(bad, Objects::All);
  }
  EXPECT_GT(refused, 1000u);
}
