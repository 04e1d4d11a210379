// Results of macros that are kept: in another session, with the source at other positions, they are what the macro would have made.
#include "proc_macro/record.h"
#include "lex/lexer.h"
#include <gtest/gtest.h>

using namespace ferric;
using namespace ferric::proc_macro;

namespace {

// A session that has read `before` bytes of something else when it comes to the call.
struct Side {
  Side(llvm::StringRef text, unsigned before, unsigned contexts) {
    sess.sources.add("other", llvm::MemoryBuffer::getMemBufferCopy(std::string(before, ' ')));
    for (unsigned i = 0; i < contexts; ++i)
      sess.hygiene.applyMark({}, sess.hygiene.addExpn({}), Transparency::Opaque);
    lex::TokenStore store;
    lex::TokenRange range = lex::lexText(sess, "call", text, 2021, store);
    llvm::ArrayRef<lex::Token> t = lex::tokens(store, range);
    input.assign(t.begin(), t.end());
    ExpnId expn = sess.hygiene.addExpn({});
    Span call = input.front().span.to(input.back().span);
    macro.callSite = call.withCtxt(sess.hygiene.applyMark({}, expn, Transparency::Transparent));
    macro.mixedSite = call.withCtxt(sess.hygiene.applyMark({}, expn, Transparency::SemiOpaque));
    macro.defSite = Span().withCtxt(sess.hygiene.applyMark({}, expn, Transparency::Opaque));
  }
  // As a macro would: the input, a name of each site, half of an operator, two joined, nothing at all.
  Tokens output() {
    Tokens out = input;
    lex::Token t;
    t.kind = lex::TokenKind::Ident;
    t.sym = sess.symbols.intern("made");
    t.extra = Symbol::kNone;
    for (Span s : {macro.callSite, macro.mixedSite, macro.defSite, Span{input[1].span.lo + 1, input[1].span.hi, {}},
                   Span{input[0].span.lo, input[2].span.hi, macro.mixedSite.ctxt}, Span()}) {
      t.span = s;
      out.push_back(t);
    }
    return out;
  }
  Session sess;
  Tokens input;
  Call macro;
};

constexpr llvm::StringLiteral kText = "a <<= (b, 'c, 1u8) \"d\"";

TEST(Record, InAnotherSession) {
  Side then(kText, 7, 0), now(kText, 1000, 5);
  std::optional<std::string> bytes = Record(then.macro, then.input, {}).encode(then.sess.symbols, then.output());
  ASSERT_TRUE(bytes);
  std::optional<Tokens> tokens = Record(now.macro, now.input, {}).decode(now.sess.symbols, *bytes);
  ASSERT_TRUE(tokens);
  Tokens wanted = now.output();
  ASSERT_EQ(tokens->size(), wanted.size());
  for (size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ((*tokens)[i].kind, wanted[i].kind) << i;
    EXPECT_EQ((*tokens)[i].sym, wanted[i].sym) << i;
    EXPECT_EQ((*tokens)[i].span, wanted[i].span) << i;
  }
}

TEST(Record, SpansFromElsewhereAreNotKept) {
  Side side(kText, 50, 2);
  Tokens out = side.output();
  out.back().span = {3, 5, {}};
  EXPECT_FALSE(Record(side.macro, side.input, {}).encode(side.sess.symbols, out));
  out.back().span = side.input[0].span.withCtxt({1}); // a context that neither the call nor its input has
  EXPECT_FALSE(Record(side.macro, side.input, {}).encode(side.sess.symbols, out));
}

TEST(Record, KeysTellCallsApart) {
  Side a(kText, 7, 0), same(kText, 90, 3), other("a <<= (b, 'c, 2u8) \"d\"", 7, 0);
  Dylib dylib, newer;
  newer.hash = "1";
  auto key = [](const Side &s, const Dylib &d) { return Record(s.macro, s.input, {}).key(s.sess.symbols, d); };
  EXPECT_EQ(key(a, dylib), key(same, dylib));
  EXPECT_NE(key(a, dylib), key(other, dylib));
  EXPECT_NE(key(a, dylib), key(a, newer));
  EXPECT_NE(Record(a.macro, a.input, {}).key(a.sess.symbols, dylib), Record(a.macro, {}, a.input).key(a.sess.symbols, dylib));
}

TEST(Record, DamagedBytes) {
  Side side(kText, 7, 0), shorter("a b c", 7, 0);
  std::string bytes = *Record(side.macro, side.input, {}).encode(side.sess.symbols, side.output());
  Record record(side.macro, side.input, {});
  for (size_t n = 0; n < bytes.size(); ++n)
    EXPECT_FALSE(record.decode(side.sess.symbols, llvm::StringRef(bytes).take_front(n)));
  EXPECT_FALSE(Record(shorter.macro, shorter.input, {}).decode(shorter.sess.symbols, bytes));
}

// Whatever is in a record, its spans are within the call, and none ends before it begins.
TEST(Record, SpansStayWithinTheCall) {
  Side side(kText, 7, 0);
  std::string good = *Record(side.macro, side.input, {}).encode(side.sess.symbols, side.output());
  Record record(side.macro, side.input, {});
  uint32_t first = side.input.front().span.lo, last = side.input.back().span.hi;
  unsigned decoded = 0;
  for (size_t i = 0; i < good.size(); ++i)
    for (int value : {0, 1, 2, 5, 127, 128, 255}) {
      std::string bad = good;
      bad[i] = char(value);
      std::optional<Tokens> tokens = record.decode(side.sess.symbols, bad);
      for (const lex::Token &t : tokens ? *tokens : Tokens()) {
        EXPECT_LE(t.span.lo, t.span.hi);
        EXPECT_TRUE(t.span.lo == 0 || (t.span.lo >= first && t.span.hi <= last)) << t.span.lo << ' ' << t.span.hi;
      }
      decoded += tokens.has_value();
    }
  EXPECT_GT(decoded, 0u);
}

} // namespace
