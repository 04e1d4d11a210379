// The text format against what rustc prints for the same spans.
#include "diag/session.h"
#include "llvm/Support/JSON.h"
#include "gtest/gtest.h"

using namespace ferric;

namespace {

struct Fixture {
  Session sess;
  std::string out;
  llvm::raw_string_ostream os{out};
  uint32_t base = 0;
  llvm::StringRef text;
  explicit Fixture(llvm::StringRef source) : text(source) {
    sess.diag.config.out = &os;
    FileId f = sess.sources.add("a.rs", llvm::MemoryBuffer::getMemBuffer(source, "a.rs"));
    base = sess.sources.file(f).start;
  }
  // The n-th occurrence of `what`.
  Span at(llvm::StringRef what, unsigned n = 0) {
    size_t i = text.find(what);
    while (n--)
      i = text.find(what, i + 1);
    return {base + uint32_t(i), base + uint32_t(i + what.size()), {}};
  }
};

TEST(Render, PrimaryAndSecondaryOnOneLine) {
  Fixture f("fn main() {\n    let x: i32 = \"a\";\n}\n");
  f.sess.diag.error(f.at("\"a\""), "E0308", "mismatched types").label(f.at("\"a\""), "expected `i32`, found `&str`").label(f.at("i32"), "expected due to this").emit();
  EXPECT_EQ(f.out, "error[E0308]: mismatched types\n"
                   " --> a.rs:2:18\n"
                   "  |\n"
                   "2 |     let x: i32 = \"a\";\n"
                   "  |            ---   ^^^ expected `i32`, found `&str`\n"
                   "  |            |\n"
                   "  |            expected due to this\n"
                   "\n");
}

TEST(Render, SeveralLinesWithGapNotesAndHelp) {
  Fixture f("fn f(a: u8) {}\n\n\n\nfn main() {\n    f();\n}\n");
  f.sess.diag.error(f.at("f()"), "E0061", "this function takes 1 argument but 0 arguments were supplied")
      .label(f.at("a: u8"), "here").note("a note").help("a help").emit();
  EXPECT_EQ(f.out, "error[E0061]: this function takes 1 argument but 0 arguments were supplied\n"
                   " --> a.rs:6:5\n"
                   "  |\n"
                   "1 | fn f(a: u8) {}\n"
                   "  |      ----- here\n"
                   "...\n"
                   "6 |     f();\n"
                   "  |     ^^^\n"
                   "  |\n"
                   "  = note: a note\n"
                   "  = help: a help\n"
                   "\n");
}

TEST(Render, SpanOverSeveralLines) {
  Fixture f("fn main() {\n    let x = match 1 {\n        1 => 2,\n    };\n}\n");
  Span s = f.at("match 1 {\n        1 => 2,\n    }");
  f.sess.diag.error(s, "E0004", "non-exhaustive patterns").label(s, "not covered").emit();
  EXPECT_EQ(f.out, "error[E0004]: non-exhaustive patterns\n"
                   " --> a.rs:2:13\n"
                   "  |\n"
                   "2 |       let x = match 1 {\n"
                   "  |  _____________^\n"
                   "3 | |         1 => 2,\n"
                   "4 | |     };\n"
                   "  | |_____^ not covered\n"
                   "\n");
}

TEST(Render, BracketFromTheStartOfALine) {
  Fixture f("fn main() {\n    if true {\n        1\n    } else {\n        2\n    }\n}\n");
  Span s = f.at("if true {\n        1\n    } else {\n        2\n    }");
  f.sess.diag.error(s, "mismatched").label(s, "here").emit();
  EXPECT_EQ(f.out, "error: mismatched\n"
                   " --> a.rs:2:5\n"
                   "  |\n"
                   "2 | /     if true {\n"
                   "3 | |         1\n"
                   "4 | |     } else {\n"
                   "5 | |         2\n"
                   "6 | |     }\n"
                   "  | |_____^ here\n"
                   "\n");
}

TEST(Render, SuggestionsAndSummary) {
  Fixture f("let a = b\n");
  f.sess.diag.error(f.at("b"), "E0425", "cannot find value `b`").suggest(f.at("b"), "a similar name", "a").emit();
  f.sess.diag.error(f.at("b"), "E0425", "cannot find value `b`").emit(); // reported once
  f.sess.diag.finish();
  EXPECT_EQ(f.out, "error[E0425]: cannot find value `b`\n"
                   " --> a.rs:1:9\n"
                   "  |\n"
                   "1 | let a = b\n"
                   "  |         ^\n"
                   "  |\n"
                   "help: a similar name\n"
                   "  |\n"
                   "1 - let a = b\n"
                   "1 + let a = a\n"
                   "  |\n\n"
                   "error: aborting due to 1 previous error\n\n"
                   "For more information about this error, try `rustc --explain E0425`.\n");
}

TEST(Render, Json) {
  Fixture f("fn main() {}\n");
  f.sess.diag.config.format = diag::ErrorFormat::Json;
  f.sess.diag.error(f.at("main"), "E0601", "msg").label(f.at("main"), "lab").note("n").emit();
  llvm::Expected<llvm::json::Value> v = llvm::json::parse(f.out);
  ASSERT_TRUE(bool(v));
  const llvm::json::Object &o = *v->getAsObject();
  EXPECT_EQ(*o.getString("level"), "error");
  EXPECT_EQ(*o.getObject("code")->getString("code"), "E0601");
  const llvm::json::Object &span = *(*o.getArray("spans"))[0].getAsObject();
  EXPECT_EQ(*span.getInteger("line_start"), 1);
  EXPECT_EQ(*span.getInteger("column_start"), 4);
  EXPECT_EQ(*span.getString("label"), "lab");
  EXPECT_EQ(o.getArray("children")->size(), 1u);
}

TEST(Lints, LevelsFromTheCommandLine) {
  Fixture f("x");
  f.sess.diag.config.lintLevels = {{"warnings", diag::LintLevel::Deny}, {"dead_code", diag::LintLevel::Allow}};
  f.sess.diag.lint(f.at("x"), "dead_code", diag::LintLevel::Warn, "unused").emit();
  EXPECT_EQ(f.sess.diag.errorCount(), 0u);
  f.sess.diag.lint(f.at("x"), "other", diag::LintLevel::Warn, "o").emit();
  EXPECT_EQ(f.sess.diag.errorCount(), 1u);
  f.sess.diag.config.capLints = diag::LintLevel::Warn;
  f.sess.diag.lint(f.at("x"), "third", diag::LintLevel::Deny, "t").emit();
  EXPECT_EQ(f.sess.diag.errorCount(), 1u);
  EXPECT_EQ(f.sess.diag.warningCount(), 1u);
}

} // namespace
