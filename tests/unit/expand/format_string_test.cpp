// The template grammar of format_args! and asm!: positions, options, counts, errors, and where they stand in the source.
#include "expand/builtin/format_string.h"
#include <gtest/gtest.h>

using namespace ferric;
using namespace ferric::expand;

static std::vector<TemplatePiece> parsed(llvm::StringRef text) {
  std::vector<TemplatePiece> out;
  TemplateError error;
  EXPECT_TRUE(parseTemplate(text, TemplateMode::Format, out, error)) << error.description;
  return out;
}

TEST(FormatString, ImplicitPositionsAreNumberedAfterTheirPrecision) {
  std::vector<TemplatePiece> p = parsed("{:.*}{}");
  ASSERT_EQ(p.size(), 2u);
  EXPECT_EQ(p[0].precision.arg.index, 0u);
  EXPECT_EQ(p[0].arg.index, 1u);
  EXPECT_EQ(p[1].arg.index, 2u);
}

TEST(FormatString, ZeroFlagAndZeroWidthArgument) {
  EXPECT_TRUE(parsed("{:08}")[0].zeroPad);
  TemplatePiece p = parsed("{:0$}")[0];
  EXPECT_FALSE(p.zeroPad);
  EXPECT_EQ(p.width.kind, CountRefKind::Arg);
}

TEST(FormatString, AllOptions) {
  TemplatePiece p = parsed("{x:*^+#w$.3x?}")[0];
  EXPECT_EQ(p.arg.name, "x");
  EXPECT_EQ(p.fill, uint32_t('*'));
  EXPECT_EQ(p.align, ast::FormatAlign::Center);
  EXPECT_TRUE(p.plus && p.alternate && p.debugLowerHex);
  EXPECT_EQ(p.width.arg.name, "w");
  EXPECT_EQ(p.precision.value, 3u);
  EXPECT_EQ(p.type, "?");
}

TEST(FormatString, BracesAreEscapedByDoubling) {
  std::string text;
  for (const TemplatePiece &p : parsed("a{{b}}c"))
    text += p.text;
  EXPECT_EQ(text, "a{b}c");
}

TEST(FormatString, ErrorsNameTheirPlace) {
  std::vector<TemplatePiece> out;
  TemplateError error;
  EXPECT_FALSE(parseTemplate("ab}", TemplateMode::Format, out, error));
  EXPECT_EQ(error.lo, 2u);
  EXPECT_FALSE(parseTemplate("{", TemplateMode::Format, out, error = {}));
  EXPECT_EQ(error.label, "expected `}`");
}

TEST(FormatString, PositionsSeeThroughEscapes) {
  Session sess;
  FileId file = sess.sources.add("t", llvm::MemoryBuffer::getMemBuffer("\"\\n\\u{41}{x}\""));
  uint32_t start = sess.sources.file(file).start;
  LiteralPositions at(sess, Span{start, start + 13, {}}, "\nA{x}", lex::LitKind::Str, 0);
  ASSERT_TRUE(at.isSource());
  EXPECT_EQ(at.span(2, 5).lo, start + 9);
}
