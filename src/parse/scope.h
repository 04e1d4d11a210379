// Scoped state of the parser; private to this folder.
#pragma once
#include "parse/parser.h"

namespace ferric::parse {

using namespace ast;
using lex::Delim;
using lex::FragmentKind;
using lex::Token;
using lex::TokenKind;

// How deep constructs may nest. Deeper input is an error, not a crash: every later phase recurses over the tree as well.
inline constexpr unsigned kMaxDepth = 3000;

// One level of nesting, for the lifetime of the object.
class Parser::Depth {
public:
  explicit Depth(Parser &p) : p_(p) {
    if (++p_.depth_ > kMaxDepth)
      p_.fail(p_.tok_->span, "", "this nests too deeply: more than " + llvm::Twine(kMaxDepth) + " levels");
  }
  ~Depth() { --p_.depth_; }

private:
  Parser &p_;
};

// Sets the expression restrictions, and restores them.
class Parser::WithRes {
public:
  WithRes(Parser &p, uint8_t res) : p_(p), saved_(p.res_) { p_.res_ = res; }
  ~WithRes() { p_.res_ = saved_; }

private:
  Parser &p_;
  uint8_t saved_;
};

// Runs f between the invisible delimiters of the captured fragment that begins at the current token.
template <class F> auto Parser::inGroup(F &&f) {
  Depth depth(*this);
  Group g{closeIndex()};
  bump();
  auto result = f();
  if (eat(TokenKind::Comma)) // `$e:expr` may hold a trailing comma that a proc macro put there
    ;
  closeGroup(g);
  return result;
}

} // namespace ferric::parse
