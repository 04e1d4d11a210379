// Runs source text through lexing, parsing, expansion and resolution and compares the errors with
// `//~ CODE` marks at the ends of lines (`//~ error` for an error without code; several marks on a line are allowed).
#pragma once
#include "expand/expander.h"
#include "resolve/resolver.h"
#include <gtest/gtest.h>

namespace ferric::test {

class Compiled {
public:
  // The crate `main` in edition 2021 and `dep`, when given, as its --extern. Prefix `#![no_core]` where nothing of core is wanted.
  explicit Compiled(llvm::StringRef source, llvm::StringRef dep = "", unsigned edition = 2021) : crates(sess), os(text) {
    sess.diag.config.out = &os;
    sess.diag.config.format = diag::ErrorFormat::Human;
    crates.add(sess.symbols.intern("main"), edition);
    if (!dep.empty()) {
      Crate &d = crates.add(sess.symbols.intern("dep"), 2021);
      crates[kLocalCrate].externs[d.name] = d.id;
      compile(d, dep);
    }
    compile(crates[kLocalCrate], source);
    os.flush();
    scopes = std::make_unique<resolve::Scopes>(crates);
  }

  // "line:code" of each error reported in the local crate's file, sorted.
  std::vector<std::string> errors() const {
    std::vector<std::string> out;
    llvm::SmallVector<llvm::StringRef, 16> lines;
    llvm::StringRef(text).split(lines, '\n', -1, false);
    llvm::StringRef code;
    for (llvm::StringRef line : lines) {
      if (line.starts_with("error"))
        code = line.starts_with("error[") ? line.drop_front(6).split(']').first : "error";
      else if (line.ltrim().starts_with("--> ") && !code.empty()) {
        out.push_back((line.split(".rs:").second.split(':').first + ":" + code).str());
        code = "";
      }
    }
    llvm::sort(out);
    return out;
  }

  static std::vector<std::string> expected(llvm::StringRef source) {
    std::vector<std::string> out;
    llvm::SmallVector<llvm::StringRef, 32> lines;
    source.split(lines, '\n');
    for (size_t i = 0; i < lines.size(); ++i) {
      llvm::SmallVector<llvm::StringRef, 4> marks;
      lines[i].split(marks, "//~");
      for (llvm::StringRef m : llvm::drop_begin(marks))
        out.push_back((llvm::Twine(i + 1) + ":" + m.trim()).str());
    }
    llvm::sort(out);
    return out;
  }

  // The definition with this path from the local crate's root; none.
  DefId find(llvm::StringRef path) {
    for (const auto &crate : crates)
      for (uint32_t i = 1; i < crate->defs.size(); ++i)
        if (crates.path(DefId(crate->id, i)) == path)
          return DefId(crate->id, i);
    return DefId();
  }

  Session sess;
  Crates crates;
  std::string text;
  llvm::raw_string_ostream os;
  std::unique_ptr<resolve::Scopes> scopes;

private:
  void compile(Crate &crate, llvm::StringRef source) {
    std::string name = sess.str(crate.name).str() + ".rs";
    FileId file = sess.sources.add(name, llvm::MemoryBuffer::getMemBufferCopy(source, name));
    resolve::Resolver resolver(crates, crate.id);
    parse::CfgSet cfg;
    expand::Expander expander(sess, crate.ast, cfg, resolver, {file, crate.id, crate.name, crate.edition});
    expand::ExpandedCrate expanded = expander.run();
    crate.items = expanded.items;
    crate.attrs = expanded.attrs;
    crate.span = expanded.span;
    resolver.finish();
  }
};

inline void expectErrors(llvm::StringRef source, llvm::StringRef dep = "", unsigned edition = 2021) {
  Compiled c(source, dep, edition);
  EXPECT_EQ(c.errors(), Compiled::expected(source)) << source.str() << "\nreported:\n" << c.text;
}

} // namespace ferric::test
