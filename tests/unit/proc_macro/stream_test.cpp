// Tokens on their way between the compiler, its other process and a macro: nothing is lost, and damaged bytes are noticed.
#include "lex/lexer.h"
#include "proc_macro/server.h"
#include <gtest/gtest.h>
#include <random>

using namespace ferric;
using namespace ferric::proc_macro;

namespace {

Tokens lexed(Session &sess, llvm::StringRef text) {
  lex::TokenStore store;
  lex::TokenRange range = lex::lexText(sess, "test", text, 2021, store);
  EXPECT_FALSE(sess.diag.hasErrors()) << text.str();
  llvm::ArrayRef<lex::Token> t = lex::tokens(store, range);
  return {t.begin(), t.end()};
}

// Handles that are places in lists.
struct Lists : Handles {
  std::vector<Stream> streams;
  std::vector<Span> spans;
  uint32_t add(Stream s) override { return streams.push_back(std::move(s)), uint32_t(streams.size() - 1); }
  uint32_t add(Span s) override { return spans.push_back(s), uint32_t(spans.size() - 1); }
  Stream takeStream(Reader &r) override {
    uint32_t i = r.u32();
    return i < streams.size() ? streams[i] : (r.fail(), nullptr);
  }
  Span span(Reader &r) override {
    uint32_t i = r.u32();
    return i < spans.size() ? spans[i] : (r.fail(), Span());
  }
};

// Into trees and back, inside groups as well.
Tokens rebuilt(Session &sess, Lists &lists, llvm::ArrayRef<lex::Token> tokens) {
  Writer w;
  writeTrees(sess, tokens, lists, w);
  Reader r(w.bytes());
  Tokens out;
  for (uint64_t n = r.usize(); n; --n)
    readTree(sess, r, lists, out);
  EXPECT_FALSE(r.failed());
  EXPECT_TRUE(r.atEnd());
  return out;
}

TEST(Stream, TreesAndBack) {
  Session sess;
  for (llvm::StringRef text : {"a", "r#fn 'a 'r#b", "1u8 2.5 'c' b'd' \"e\" b\"f\" c\"g\" r##\"h\"## br#\"i\"# cr\"j\"", "a <<= b >> c && d ..= e => f :: g -> h <- i",
                               "f(a, [b; 3], { c })", "#[x] !y ?z $w @v ~u ^t % s", "a.b..c...d", ""}) {
    Lists lists;
    Tokens before = lexed(sess, text), after = rebuilt(sess, lists, before);
    ASSERT_EQ(before.size(), after.size()) << text.str();
    for (size_t i = 0; i < before.size(); ++i) {
      EXPECT_EQ(before[i].kind, after[i].kind) << text.str();
      EXPECT_EQ(before[i].sym, after[i].sym) << text.str();
      if (before[i].is(lex::TokenKind::Literal) || before[i].is(lex::TokenKind::OpenDelim) || before[i].is(lex::TokenKind::CloseDelim))
        EXPECT_EQ(before[i].extra, after[i].extra) << text.str();
      EXPECT_EQ(before[i].sub, after[i].sub);
      EXPECT_EQ(before[i].span, after[i].span) << text.str();
    }
  }
}

TEST(Stream, OperatorsInSingleCharacters) {
  Session sess;
  Lists lists;
  Writer w;
  writeTrees(sess, lexed(sess, "a>>="), lists, w);
  Reader r(w.bytes());
  EXPECT_EQ(r.usize(), 4u);
  EXPECT_EQ(r.u8(), 2); // an identifier
  EXPECT_EQ(r.text(), "a");
  EXPECT_FALSE(r.flag());
  uint32_t start = lists.span(r).lo;
  for (char c : {'>', '>', '='}) {
    EXPECT_EQ(r.u8(), 1);
    EXPECT_EQ(char(r.u8()), c);
    EXPECT_EQ(r.flag(), c == '>');
    Span s = lists.span(r);
    EXPECT_EQ(s.hi, s.lo + 1);
    EXPECT_EQ(s.lo, ++start);
  }
  EXPECT_TRUE(r.atEnd());
}

TEST(Stream, DocCommentsAreAttributes) {
  Session sess;
  Lists lists;
  Tokens t = rebuilt(sess, lists, lexed(sess, "/// it's\nx"));
  EXPECT_EQ(lex::printTokens(sess, t), "#[doc = \" it\\'s\"] x");
}

TEST(Stream, GluesOnlyWhatIsJoint) {
  Session sess;
  auto punct = [](lex::TokenKind kind, bool joint) {
    lex::Token t;
    t.kind = kind;
    t.flags = joint ? lex::Token::kJoint : 0;
    return t;
  };
  Tokens joint, alone;
  for (bool isJoint : {true, false}) {
    Tokens &t = isJoint ? joint : alone;
    for (int i = 0; i < 3; ++i)
      push(sess.symbols, t, punct(lex::TokenKind::Dot, isJoint));
    push(sess.symbols, t, punct(lex::TokenKind::Eq, false));
  }
  ASSERT_EQ(joint.size(), 2u);
  EXPECT_EQ(joint[0].kind, lex::TokenKind::DotDotDot);
  EXPECT_EQ(alone.size(), 4u);
  Tokens a{punct(lex::TokenKind::Minus, true)}, b{punct(lex::TokenKind::Gt, false), punct(lex::TokenKind::Semi, false)};
  append(sess.symbols, a, b);
  ASSERT_EQ(a.size(), 2u);
  EXPECT_EQ(a[0].kind, lex::TokenKind::RArrow);
}

TEST(Stream, MadeGroupsGoAway) {
  Session sess;
  Tokens t = lexed(sess, "(a (b c) d)");
  for (size_t i : {size_t(2), size_t(5)}) {
    t[i].sub = uint8_t(lex::Delim::Invisible);
    t[i].aux = kMadeByMacro;
  }
  Tokens flat = withoutMadeGroups(t);
  ASSERT_EQ(flat.size(), 6u);
  EXPECT_EQ(flat[0].match(), 5u);
  EXPECT_EQ(flat[5].match(), 5u);
}

TEST(Wire, TokensInAnotherSession) {
  Session sess, other;
  Tokens before = lexed(sess, "fn f<'a>(x: &'a u8) -> [u8; 2usize] { \"a\\\"\"; r#\"b\"# } /// c");
  Writer w;
  writeTokens(w, sess.symbols, before);
  other.symbols.intern("something else"); // its symbols have other numbers
  Reader r(w.bytes());
  Tokens after = readTokens(r, other.symbols);
  EXPECT_FALSE(r.failed());
  EXPECT_TRUE(r.atEnd());
  ASSERT_EQ(before.size(), after.size());
  EXPECT_EQ(lex::printTokens(sess, before), lex::printTokens(other, after));
  for (size_t i = 0; i < before.size(); ++i)
    EXPECT_EQ(before[i].span, after[i].span);
}

TEST(Wire, DamagedBytesFail) {
  Session sess;
  Writer w;
  writeTokens(w, sess.symbols, lexed(sess, "f(a, [b; 3u8], {c})"));
  for (size_t n = 0; n < w.bytes().size(); ++n) {
    Session other;
    Reader r(llvm::StringRef(w.bytes()).take_front(n));
    EXPECT_TRUE(readTokens(r, other.symbols).empty());
    EXPECT_TRUE(r.failed()) << n;
  }
  std::mt19937 random(1);
  for (int i = 0; i < 5000; ++i) { // whatever it is, it is whole groups of tokens with names
    std::string bytes = w.bytes();
    for (int k = 0; k < 3; ++k)
      bytes[random() % bytes.size()] = char(random());
    Session other;
    Reader r(bytes);
    Tokens t = readTokens(r, other.symbols);
    for (size_t j = 0; j < t.size(); ++j)
      if (t[j].is(lex::TokenKind::OpenDelim)) {
        ASSERT_LT(j + t[j].match(), t.size());
        ASSERT_TRUE(t[j + t[j].match()].is(lex::TokenKind::CloseDelim));
      }
  }
}

// ---- the server, as a macro's client would speak with it ----

struct Nobody : Compiler {
  std::string ask(llvm::StringRef) override { return ""; }
};

class ServerTest : public testing::Test {
protected:
  Server server(uint32_t first = 100) { return Server(sess, nobody, Call(), first); }
  static std::string request(Method m, llvm::function_ref<void(Writer &)> write) {
    Writer w;
    w.u8(uint8_t(m));
    write(w);
    return w.take();
  }
  static uint32_t parse(Server &s, llvm::StringRef text) {
    Writer w;
    w.u8(uint8_t(Method::ts_from_str));
    w.text(text);
    std::string reply = s.dispatch(w.bytes());
    Reader r(reply);
    EXPECT_TRUE(r.present() && r.present());
    return r.u32();
  }
  static std::string print(Server &s, uint32_t stream) {
    Writer w;
    w.u8(uint8_t(Method::ts_to_string));
    w.u32(stream);
    std::string reply = s.dispatch(w.bytes());
    Reader r(reply);
    return r.present() ? r.text().str() : "panic";
  }
  Session sess;
  Nobody nobody;
};

TEST_F(ServerTest, HandlesAreOfOneRun) {
  Server first = server();
  uint32_t stream = parse(first, "a + b");
  EXPECT_EQ(print(first, stream), "a + b");
  Server second = server(first.nextHandle());
  EXPECT_EQ(print(second, stream), "panic");
  uint32_t other = parse(second, "c");
  EXPECT_NE(other, stream);
}

TEST_F(ServerTest, WhatIsGivenUpIsGone) {
  Server s = server();
  uint32_t stream = parse(s, "a");
  s.dispatch(request(Method::ts_drop, [&](Writer &w) { w.u32(stream); }));
  EXPECT_EQ(print(s, stream), "panic");
}

TEST_F(ServerTest, CopiesAreIndependent) {
  Server s = server();
  uint32_t stream = parse(s, "a");
  std::string reply = s.dispatch(request(Method::ts_clone, [&](Writer &w) { w.u32(stream); }));
  Reader r(reply);
  ASSERT_TRUE(r.present());
  uint32_t copy = r.u32(), more = parse(s, "b");
  reply = s.dispatch(request(Method::ts_concat_streams, [&](Writer &w) {
    w.some();
    w.u32(copy);
    w.usize(1);
    w.u32(more);
  }));
  Reader both(reply);
  ASSERT_TRUE(both.present());
  EXPECT_EQ(print(s, both.u32()), "a b");
  EXPECT_EQ(print(s, stream), "a");
}

TEST_F(ServerTest, BadRequestsPanic) {
  Server s = server();
  for (const std::string &bytes : {std::string(), std::string("\xff"), std::string("\x05"), std::string("\x0a\x01\x02"), std::string(1, char(kMethods))}) {
    std::string reply = s.dispatch(bytes);
    Reader r(reply);
    EXPECT_FALSE(r.present());
  }
}

} // namespace
