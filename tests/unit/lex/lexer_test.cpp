#include "lex/lexer.h"
#include "lex/unescape.h"
#include "llvm/ADT/SmallString.h"
#include "gtest/gtest.h"

using namespace ferric;
using namespace ferric::lex;

namespace {

struct Lexed {
  Session sess;
  TokenStore store;
  TokenRange range;
  std::string errors;
  explicit Lexed(llvm::StringRef text, unsigned edition = 2021) {
    llvm::raw_string_ostream os(errors);
    sess.diag.config.out = &os;
    sess.diag.config.format = diag::ErrorFormat::Short;
    range = lexText(sess, "t.rs", text, edition, store);
  }
  // Tokens separated by `~`.
  std::string flat() {
    std::string s;
    for (const Token &t : tokens(store, range))
      s += (s.empty() ? "" : "~") + printToken(sess, t);
    return s;
  }
  std::string printed() { return printTokens(sess, store, range); }
};

TEST(Lexer, NumbersAndDots) {
  EXPECT_EQ(Lexed("1.foo() 1..2 1. 0x1F_u8 1e5 2.5E-3f32 1.0.1 x.0.1 0b11 1_000").flat(),
            "1~.~foo~(~)~1~..~2~1.~0x1F_u8~1e5~2.5E-3f32~1.0~.~1~x~.~0.1~0b11~1_000");
}

TEST(Lexer, QuotesLifetimesAndRaw) {
  EXPECT_EQ(Lexed("'a' 'a '\\'' b'x' b\"q\" r#\"a\"b\"# br\"z\" c\"n\" r#fn 'r#x 'static").flat(),
            "'a'~'a~'\\''~b'x'~b\"q\"~r#\"a\"b\"#~br\"z\"~c\"n\"~r#fn~'r#x~'static");
  EXPECT_EQ(Lexed("c\"n\"", 2018).flat(), "c~\"n\"");
}

TEST(Lexer, GluesLongestPunctuation) {
  EXPECT_EQ(Lexed("a>>=b >>c ..=d ...e <-f =>g ::h").flat(), "a~>>=~b~>>~c~..=~d~...~e~<-~f~=>~g~::~h");
}

TEST(Lexer, DocComments) {
  EXPECT_EQ(Lexed("/// a\n//// no\n/** b */ /***/ /**/ //! c\nx").flat(), "/// a~/** b */~//! c~x");
}

TEST(Lexer, MatchesDelimiters) {
  Lexed l("a(b[c]{})");
  llvm::ArrayRef<Token> t = tokens(l.store, l.range);
  EXPECT_EQ(t[1].match(), 7u);
  EXPECT_TRUE(t[1 + t[1].match()].isClose(Delim::Paren));
}

TEST(Lexer, ReportsAndRecovers) {
  EXPECT_NE(Lexed("\"abc").errors.find("E0765"), std::string::npos);
  EXPECT_NE(Lexed("b\"abc").errors.find("E0766"), std::string::npos);
  EXPECT_NE(Lexed("r#\"abc\"").errors.find("E0748"), std::string::npos);
  EXPECT_NE(Lexed("/* /* */").errors.find("E0758"), std::string::npos);
  EXPECT_NE(Lexed("'\n").errors.find("E0762"), std::string::npos);
  EXPECT_NE(Lexed("b'").errors.find("E0763"), std::string::npos);
  EXPECT_NE(Lexed("0x").errors.find("E0768"), std::string::npos);
  EXPECT_NE(Lexed("(]").errors.find("mismatched"), std::string::npos);
  EXPECT_NE(Lexed("foo#bar").errors.find("prefix"), std::string::npos);
  EXPECT_EQ(Lexed("foo#bar", 2018).errors, "");
  EXPECT_NE(Lexed("\xFF").errors.find("UTF-8"), std::string::npos);
}

TEST(Lexer, Spacing) {
  EXPECT_EQ(Lexed("a+b  - c").printed(), "a+b - c");
  EXPECT_EQ(Lexed("fn  f ( x : u8 ) { x . y }").printed(), "fn f(x : u8) { x.y }");
}

TEST(Unescape, Values) {
  llvm::SmallString<32> out;
  unescape("a\\n\\x41\\u{e9}\\\n   b", LitKind::Str, out);
  EXPECT_EQ(out.str(), "a\nA\xC3\xA9"
                       "b");
  EXPECT_EQ(unescapeChar("\\u{1F600}", LitKind::Char), 0x1F600u);
  EXPECT_EQ(unescapeChar("\\xFF", LitKind::Byte), 0xFFu);
}

} // namespace
