// The template of format_args!: the bytes are those that rustc 1.96 makes for the same strings (checked against its MIR).
#include "lower/format_template.h"
#include "gtest/gtest.h"

using namespace ferric;
using namespace ferric::lower;

namespace {

struct Format : testing::Test {
  SymbolTable symbols;
  FormatTemplate t;

  void literal(const char *text) {
    ast::FormatPiece p;
    p.isLiteral = true;
    p.text = symbols.intern(text);
    t.pieces.push_back(p);
  }
  ast::FormatPiece &placeholder(uint32_t arg, ast::FormatTrait trait = ast::FormatTrait::Display) {
    ast::FormatPiece p;
    p.arg = arg;
    p.trait = trait;
    t.pieces.push_back(p);
    return t.pieces.back();
  }
  std::string bytes() { return encodeFormat(symbols, t).bytes; }
};
std::string raw(const char *s, size_t n) { return std::string(s, n); }

TEST_F(Format, TextAloneIsPlain) {
  literal("a");
  literal("b");
  EncodedFormat e = encodeFormat(symbols, t);
  EXPECT_TRUE(e.isPlain);
  EXPECT_EQ(e.text, "ab");
}

TEST_F(Format, EmptyIsPlain) {
  EXPECT_TRUE(encodeFormat(symbols, t).isPlain);
}

// "a{x:>5}{y:?} {x:#x} {:w$.3} {{}}" with arguments w, x, y
TEST_F(Format, OptionsCountsAndRepeatedArguments) {
  literal("a");
  ast::FormatPiece &x = placeholder(1);
  x.align = ast::FormatAlign::Right;
  x.width = {ast::FormatCountKind::Literal, 5};
  placeholder(2, ast::FormatTrait::Debug);
  literal(" ");
  placeholder(1, ast::FormatTrait::LowerHex).alternate = true;
  literal(" ");
  ast::FormatPiece &w = placeholder(0);
  w.width = {ast::FormatCountKind::Argument, 2};
  w.precision = {ast::FormatCountKind::Literal, 3};
  literal(" {}");
  EncodedFormat e = encodeFormat(symbols, t);
  EXPECT_EQ(e.bytes, raw("\x01" "a\xC3\x20\x00\x00\x28\x05\x00\xC0\x01 \xC1\x20\x00\x80\x60\x01 \xD7\x20\x00\x00\x78\x04\x00\x03\x00\x03 {}\x00", 33));
  ASSERT_EQ(e.slots.size(), 5u);
  EXPECT_TRUE(e.slots[4].isCount);
  EXPECT_EQ(e.slots[4].arg, 2u);
}

TEST_F(Format, SecondUseNamesItsPosition) {
  placeholder(0);
  placeholder(0);
  EXPECT_EQ(bytes(), raw("\xC0\xC8\x00\x00\x00", 5));
}

TEST_F(Format, LongTextHasATwoByteLength) {
  literal(std::string(300, 'x').c_str());
  placeholder(0);
  EXPECT_EQ(bytes(), raw("\x80\x2C\x01", 3) + std::string(300, 'x') + raw("\xC0\x00", 2));
}

TEST_F(Format, TextIsSplitAtCharacters) {
  std::string text(65534, 'x');
  text += "\xC3\xA9tail"; // the cut at 65535 would halve the first character behind
  literal(text.c_str());
  placeholder(0);
  std::string b = bytes();
  EXPECT_EQ(b.substr(0, 3), raw("\x80\xFE\xFF", 3));
  EXPECT_EQ(b.substr(3 + 65534), raw("\x06\xC3\xA9tail\xC0\x00", 9));
}

} // namespace
