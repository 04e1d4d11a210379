// Parses whole source trees, where they are installed: no errors, and a measure of speed.
#include "ast/print.h"
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

// Tokens as texts of single characters of punctuation, without what the tree does not keep because it means nothing: trailing
// commas, commas behind arms that are blocks, leading `|`, the `::` of `Vec::<T>` in types, empty generics.
std::vector<std::string> normalized(const Session &sess, llvm::ArrayRef<lex::Token> tokens) {
  std::vector<std::string> atoms, out;
  for (const lex::Token &t : tokens) {
    std::string text = lex::printToken(sess, t);
    if (t.kind >= lex::TokenKind::Eq)
      for (char c : text)
        atoms.push_back(std::string(1, c));
    else if (t.kind == lex::TokenKind::Literal && t.lit() == lex::LitKind::Float && text.find_first_not_of("0123456789.") == std::string::npos) {
      llvm::SmallVector<llvm::StringRef, 2> parts; // `x.0.1`
      llvm::StringRef(text).split(parts, '.', -1, false);
      for (size_t i = 0; i < parts.size(); ++i) {
        if (i)
          atoms.push_back(".");
        atoms.push_back(parts[i].str());
      }
      if (text.back() == '.')
        atoms.push_back(".");
    } else
      atoms.push_back(text);
  }
  auto at = [&](size_t i) -> llvm::StringRef { return i < atoms.size() ? llvm::StringRef(atoms[i]) : ""; };
  for (size_t i = 0; i < atoms.size(); ++i) {
    llvm::StringRef a = at(i), next = at(i + 1), prev = out.empty() ? "" : llvm::StringRef(out.back());
    if (a == "," && (next == ")" || next == "]" || next == "}" || next == ">" || next == "{" || next == ";" || next == "=" || prev == "}"))
      continue;
    if (a == "|" && (prev == "(" || prev == "," || prev == "{" || prev == "}" || prev == "let" || prev == "]" || prev == ";" || prev == ">"))
      continue;
    if (a == ":" && next == ":" && at(i + 2) == "<") {
      ++i;
      continue;
    }
    if (a == "<" && next == ">") {
      ++i;
      continue;
    }
    out.push_back(a.str());
  }
  return out;
}

// Compares what was read with what the tree says, and shows the first difference.
bool sameTokens(Session &sess, const ast::Ast &ast, lex::TokenRange range, const parse::ModuleBody &body, llvm::StringRef path) {
  std::vector<lex::Token> emitted;
  ast::emitCrate(sess, ast, body.items, body.innerAttrs, emitted);
  std::vector<std::string> a = normalized(sess, lex::tokens(ast.tokens, range)), b = normalized(sess, emitted);
  if (a == b)
    return true;
  size_t i = 0;
  while (i < a.size() && i < b.size() && a[i] == b[i])
    ++i;
  llvm::errs() << path << "\n  source: ";
  for (size_t k = i > 12 ? i - 12 : 0; k < i + 8 && k < a.size(); ++k)
    llvm::errs() << (k == i ? ">>>" : "") << a[k] << ' ';
  llvm::errs() << "\n  tree:   ";
  for (size_t k = i > 12 ? i - 12 : 0; k < i + 8 && k < b.size(); ++k)
    llvm::errs() << (k == i ? ">>>" : "") << b[k] << ' ';
  llvm::errs() << '\n';
  return false;
}

void parseAll() {
  std::vector<std::string> files = rustFiles();
  if (files.empty())
    GTEST_SKIP() << "no library sources here";
  double lexTime = 0, parseTime = 0;
  size_t bytes = 0, tokens = 0, treeBytes = 0, different = 0;
  auto now = [] { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); };
  Session sess;
  sess.options.edition = 2024;
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
    parse::ModuleBody body = p.parseModuleFile();
    p.expectEof("module");
    parseTime += now() - t1;
    lexTime += t1 - t0;
    if (!sameTokens(sess, ast, range, body, path))
      ++different;
  }
  treeBytes = ast.bytes() - ast.tokens.bytes();
  llvm::errs() << files.size() << " files, " << bytes / 1e6 << " MB, " << tokens << " tokens; lexer " << bytes / 1e6 / lexTime
               << " MB/s, parser " << bytes / 1e6 / parseTime << " MB/s (" << tokens / 1e6 / parseTime << " Mtok/s); tokens "
               << ast.tokens.bytes() / 1e6 << " MB, tree " << treeBytes / 1e6 << " MB\n";
  EXPECT_EQ(sess.diag.errorCount(), 0u);
  EXPECT_EQ(different, 0u);
}

TEST(Corpus, ParsesWithoutErrors) {
  llvm::thread t(std::optional<unsigned>(512u << 20), parseAll);
  t.join();
}

} // namespace
