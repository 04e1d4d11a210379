// Parses whole source trees, where they are installed: no errors, and a measure of speed.
#include "lex/lexer.h"
#include "parse/parser.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/thread.h"
#include "gtest/gtest.h"
#include <chrono>

using namespace ferric;

namespace {

const char *const kFolders[] = {
    "/usr/src/rustc-1.96.0/library/core/src", "/usr/src/rustc-1.96.0/library/alloc/src", "/usr/src/rustc-1.96.0/library/std/src",
    "/usr/src/rustc-1.96.0/library/stdarch/crates/core_arch/src", "/usr/src/rustc-1.96.0/library/portable-simd/crates/core_simd/src",
    "/usr/src/rustc-1.96.0/library/proc_macro/src", "/usr/src/rustc-1.96.0/library/coretests/tests",
    "/usr/src/rustc-1.96.0/library/alloctests/tests",
};

std::vector<std::string> rustFiles() {
  std::vector<std::string> out;
  auto collect = [&](llvm::StringRef folder) {
    std::error_code ec;
    for (llvm::sys::fs::recursive_directory_iterator it(folder, ec), end; it != end && !ec; it.increment(ec))
      if (llvm::StringRef(it->path()).ends_with(".rs"))
        out.push_back(it->path());
  };
  for (const char *folder : kFolders)
    collect(folder);
  if (const char *more = std::getenv("FERRIC_PARSE_CORPUS")) {
    llvm::SmallVector<llvm::StringRef, 4> parts;
    llvm::StringRef(more).split(parts, ':');
    for (llvm::StringRef p : parts)
      collect(p);
  }
  llvm::sort(out);
  return out;
}

void parseAll() {
  std::vector<std::string> files = rustFiles();
  if (files.empty())
    GTEST_SKIP() << "no library sources here";
  double lexTime = 0, parseTime = 0;
  size_t bytes = 0, tokens = 0, treeBytes = 0;
  auto now = [] { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); };
  Session sess;
  ast::Ast ast;
  for (const std::string &path : files) {
    llvm::Expected<FileId> file = sess.sources.load(path);
    ASSERT_TRUE(bool(file));
    bytes += sess.sources.file(*file).size;
    double t0 = now();
    lex::TokenRange range = lex::lexFile(sess, *file, 2024, ast.tokens);
    double t1 = now();
    tokens += range.len;
    parse::Parser p(sess, ast, nullptr, range, 2024);
    p.parseModuleFile();
    p.expectEof("module");
    parseTime += now() - t1;
    lexTime += t1 - t0;
  }
  treeBytes = ast.bytes() - ast.tokens.bytes();
  llvm::errs() << files.size() << " files, " << bytes / 1e6 << " MB, " << tokens << " tokens; lexer " << bytes / 1e6 / lexTime
               << " MB/s, parser " << bytes / 1e6 / parseTime << " MB/s (" << tokens / 1e6 / parseTime << " Mtok/s); tokens "
               << ast.tokens.bytes() / 1e6 << " MB, tree " << treeBytes / 1e6 << " MB\n";
  EXPECT_EQ(sess.diag.errorCount(), 0u);
}

TEST(Corpus, ParsesWithoutErrors) {
  llvm::thread t(std::optional<unsigned>(512u << 20), parseAll);
  t.join();
}

} // namespace
