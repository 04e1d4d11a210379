#include "ast/print.h"
#include "lex/lexer.h"
#include "parse/parser.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/thread.h"
#include "gtest/gtest.h"

using namespace ferric;
using namespace ferric::ast;
using lex::FragmentKind;
using parse::Parser;

namespace {

struct P {
  Session sess;
  Ast ast;
  std::string errors;
  llvm::raw_string_ostream os{errors};
  lex::TokenRange range;
  unsigned edition;
  explicit P(llvm::StringRef text, unsigned edition = 2021) : edition(edition) {
    sess.diag.config.out = &os;
    sess.diag.config.format = diag::ErrorFormat::Short;
    range = lex::lexText(sess, "t.rs", text, edition, ast.tokens);
  }
  Parser parser(const parse::CfgSet *cfg = nullptr) { return Parser(sess, ast, cfg, range, edition); }
  // The crate as it is printed, on one line.
  std::string crate(const parse::CfgSet *cfg = nullptr) {
    Parser p = parser(cfg);
    parse::ModuleBody body = p.parseModuleFile();
    std::vector<lex::Token> tokens;
    emitCrate(sess, ast, body.items, body.innerAttrs, tokens);
    std::string out;
    for (const lex::Token &t : tokens)
      out += (out.empty() ? "" : " ") + lex::printToken(sess, t);
    return out;
  }
  std::string expr() {
    Parser p = parser();
    ExprId e = p.parseExpr();
    p.expectEof("expression");
    return printExpr(sess, ast, e);
  }
};

TEST(Cfg, Predicates) {
  P p("");
  parse::CfgSet set;
  EXPECT_TRUE(set.addOption(p.sess.symbols, "unix"));
  EXPECT_TRUE(set.addOption(p.sess.symbols, "feature=\"a\""));
  auto holds = [&](llvm::StringRef text) {
    lex::TokenRange r = lex::lexText(p.sess, "cfg", text, 2021, p.ast.tokens);
    return set.eval(p.sess, p.ast.tokens, r, Span());
  };
  EXPECT_TRUE(holds("unix"));
  EXPECT_FALSE(holds("windows"));
  EXPECT_TRUE(holds("feature = \"a\""));
  EXPECT_TRUE(holds("all(unix, not(windows), any(windows, feature = \"a\"),)"));
  EXPECT_TRUE(holds("all()"));
  EXPECT_FALSE(holds("any()"));
  EXPECT_TRUE(holds("true"));
  EXPECT_FALSE(holds("not(true)"));
  EXPECT_TRUE(holds("version(\"1.50\")"));
  EXPECT_FALSE(holds("version(\"1.97\")"));
  EXPECT_EQ(p.errors, "");
  holds("not(a, b)");
  EXPECT_NE(p.errors.find("E0536"), std::string::npos);
  holds("foo(a)");
  EXPECT_NE(p.errors.find("E0537"), std::string::npos);
}

TEST(Cfg, RemovesWhatIsConfiguredOut) {
  P p("#[cfg(no)] fn a() {} struct S { #[cfg(no)] a: u8, #[cfg(yes)] b: u8 } enum E { #[cfg(no)] A, B } "
      "fn f(#[cfg(no)] x: u8, y: u8) { #[cfg(no)] let z = 1; #[cfg(no)] { g() } g([1, #[cfg(no)] 2, 3]); "
      "match y { #[cfg(no)] 1 => 2, _ => 3 } } #[cfg_attr(yes, inline, cold)] #[cfg_attr(no, foo)] fn h() {} "
      "#[cfg_attr(yes, cfg(no))] fn i() {} mod m { #![cfg(no)] } fn k<#[cfg(no)] A, B>() where #[cfg(no)] A: C, B: C {}");
  parse::CfgSet set;
  set.addOption(p.sess.symbols, "yes");
  EXPECT_EQ(p.crate(&set), "struct S { b : u8 , } enum E { B , } fn f ( y : u8 ) { g ( [ 1 , 3 ] ) ; match y { _ => 3 , } } "
                           "# [ inline ] # [ cold ] fn h ( ) { } fn k < B > ( ) where B : C { }");
  EXPECT_EQ(p.errors, "");
}

TEST(Parser, Precedence) {
  EXPECT_EQ(P("a+b*c==d&&!e||f..g").expr(), "a + b * c == d && !e || f..g");
  EXPECT_EQ(P("&raw const x.0.1").expr(), "&raw const x.0.1");
  EXPECT_EQ(P("x as u8 as u16 + 3").expr(), "x as u8 as u16 + 3");
  EXPECT_EQ(P("S{a:1,b,..c}").expr(), "S { a: 1, b, ..c }");
  EXPECT_EQ(P("Vec::<Vec<u8>>::new()").expr(), "Vec::<Vec<u8>>::new()");
  EXPECT_EQ(P("|a,&b|a>b").expr(), "|a, &b| a > b");
  EXPECT_EQ(P("a = b = c").expr(), "a = b = c");
}

// `$e * 2` with `$e` = `a + b`: the captured expression is one operand.
TEST(Parser, CapturedExpressionKeepsItsPrecedence) {
  P p("a + b * 2");
  std::vector<lex::Token> t(p.ast.tokens.begin(), p.ast.tokens.end());
  lex::Token open, close;
  open.kind = lex::TokenKind::OpenDelim;
  close.kind = lex::TokenKind::CloseDelim;
  open.sub = close.sub = uint8_t(lex::Delim::Invisible);
  open.aux = close.aux = uint8_t(FragmentKind::Expr);
  open.extra = close.extra = 4;
  t.insert(t.begin() + 3, close);
  t.insert(t.begin(), open);
  uint32_t begin = p.ast.tokens.append(t);
  p.range = {begin, uint32_t(t.size())};
  EXPECT_EQ(p.expr(), "(a + b) * 2");
}

TEST(Parser, FragmentsSplitGluedTokens) {
  P p("Foo<Vec<u8>> rest");
  Parser q = p.parser();
  q.bump();
  ASSERT_TRUE(q.eatSplit(lex::TokenKind::Lt));
  lex::TokenRange ty;
  ASSERT_TRUE(q.skipFragment(FragmentKind::Ty, ty));
  EXPECT_EQ(lex::printTokens(p.sess, p.ast.tokens, ty), "Vec<u8>");
  EXPECT_TRUE(q.eatSplit(lex::TokenKind::Gt));
  EXPECT_EQ(p.sess.str(q.peek().sym), "rest");
}

TEST(Parser, FragmentExtents) {
  auto extent = [](llvm::StringRef text, FragmentKind kind) {
    P p(text);
    Parser q = p.parser();
    lex::TokenRange r;
    return q.skipFragment(kind, r) ? r.len : ~0u;
  };
  EXPECT_EQ(extent("a + b, c", FragmentKind::Expr), 3u);
  EXPECT_EQ(extent("pub(crate) fn", FragmentKind::Vis), 4u);
  EXPECT_EQ(extent("fn", FragmentKind::Vis), 0u);
  EXPECT_EQ(extent("-1 + 2", FragmentKind::Literal), 2u);
  EXPECT_EQ(extent("A | B => c", FragmentKind::Pat), 3u);
  EXPECT_EQ(extent("A | B => c", FragmentKind::PatParam), 1u);
  EXPECT_EQ(extent("let x = 1; y", FragmentKind::Stmt), 4u);
  EXPECT_EQ(extent("inline(always), x", FragmentKind::Meta), 4u);
  EXPECT_EQ(extent("{ a } b", FragmentKind::Block), 3u);
  EXPECT_EQ(extent("dyn A + B = c", FragmentKind::Ty), 4u);
}

TEST(Parser, CanBegin) {
  auto can = [](llvm::StringRef text, FragmentKind kind) {
    P p(text);
    return p.parser().canBegin(kind);
  };
  EXPECT_FALSE(can("let x", FragmentKind::Expr));
  EXPECT_FALSE(can("const { 1 }", FragmentKind::Expr2021));
  EXPECT_TRUE(can("const { 1 }", FragmentKind::Expr));
  EXPECT_TRUE(can("_", FragmentKind::Expr));
  EXPECT_FALSE(can("_", FragmentKind::Expr2021));
  EXPECT_FALSE(can("_", FragmentKind::Ident));
  EXPECT_TRUE(can("|", FragmentKind::Pat));
  EXPECT_FALSE(can("|", FragmentKind::PatParam));
  EXPECT_FALSE(can("fn", FragmentKind::Expr));
  EXPECT_TRUE(can("fn", FragmentKind::Ty));
}

TEST(Parser, EditionsDifferInKeywords) {
  EXPECT_EQ((P("fn async() { let dyn = await; }", 2015).crate()), "fn async ( ) { let dyn = await ; }");
  P p("fn async() {}", 2018);
  p.crate();
  EXPECT_NE(p.errors.find("expected identifier"), std::string::npos);
  P old("async fn f() {}", 2015);
  old.crate();
  EXPECT_NE(old.errors.find("E0670"), std::string::npos);
}

TEST(Parser, SeveralErrorsInOneRun) {
  P p("fn a() { let = 1; }\nfn b() { 1 + ; }\nstruct S { x }\nfn c() {}\n");
  std::string out = p.crate();
  EXPECT_EQ(p.sess.diag.errorCount(), 3u);
  EXPECT_NE(out.find("fn c"), std::string::npos);
}

std::string repeat(llvm::StringRef s, unsigned n) {
  std::string out;
  while (n--)
    out += s;
  return out;
}

// Ten thousand levels of anything: an error, never a crash.
TEST(Parser, DeepNesting) {
  llvm::thread t(std::optional<unsigned>(1u << 30), [] {
    const unsigned n = 10000;
    const std::pair<const char *, const char *> kNests[] = {
        {"fn f() { x = ", ")("}, {"fn f() { x = ", "]["}, {"fn f() ", "}{"},
    };
    for (auto [head, pair] : kNests) {
      P p(head + repeat(llvm::StringRef(pair + 1), n) + repeat(llvm::StringRef(pair, 1), n) + (llvm::StringRef(head).contains('{') ? "}" : ""));
      p.crate();
      EXPECT_NE(p.errors.find("nests too deeply"), std::string::npos);
    }
    for (const char *open : {"!", "-", "*", "&", "&mut ", "|| ", "return ", "&&", "if x {} else "}) {
      P p("fn f() { x = " + repeat(open, n) + "{1}; }");
      p.crate();
      EXPECT_NE(p.errors.find("nests too deeply"), std::string::npos) << open;
    }
    for (const char *open : {"&", "*const ", "fn() -> ", "impl Fn() -> ", "Box<", "["}) {
      bool close = llvm::StringRef(open).ends_with("<") || llvm::StringRef(open).ends_with("[");
      P p("type T = " + repeat(open, n) + "u8" + (close ? repeat(*open == '[' ? "]" : ">", n) : "") + ";");
      p.crate();
      EXPECT_NE(p.errors.find("nests too deeply"), std::string::npos) << open;
    }
    for (const char *open : {"&", "box ", "(", "x @ "}) {
      P p("fn f() { let " + repeat(open, n) + "a" + (*open == '(' ? repeat(")", n) : "") + " = 1; }");
      p.crate();
      EXPECT_NE(p.errors.find("nests too deeply"), std::string::npos) << open;
    }
    P mods(repeat("mod m {", n) + repeat("}", n));
    mods.crate();
    EXPECT_NE(mods.errors.find("nests too deeply"), std::string::npos);
    P uses("use " + repeat("a::{", n) + "b" + repeat("}", n) + ";");
    uses.crate();
    EXPECT_NE(uses.errors.find("nests too deeply"), std::string::npos);
    // Chains are no nesting.
    P chain("fn f() { x" + repeat(".a()?[0]", n) + "; 1" + repeat(" + 1", n) + "; }");
    chain.parser().parseModuleFile();
    EXPECT_EQ(chain.errors, "");
  });
  t.join();
}

} // namespace
