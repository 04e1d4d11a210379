// Evaluation of configuration predicates (Reference: "Conditional compilation", grammar ConfigurationPredicate), straight
// from tokens. A mistake is reported with rustc's code and makes the predicate true, so that what it guards is still checked.
#include "parse/cfg.h"
#include "lex/lexer.h"
#include "lex/unescape.h"

namespace ferric::parse {

using lex::Delim;
using lex::Token;
using TK = lex::TokenKind;

bool CfgSet::addOption(SymbolTable &symbols, llvm::StringRef text) {
  auto [name, value] = text.split('=');
  name = name.trim();
  if (name.empty())
    return false;
  if (!text.contains('=')) {
    add(symbols.intern(name));
    return true;
  }
  value = value.trim();
  if (value.size() < 2 || !value.starts_with("\"") || !value.ends_with("\""))
    return false;
  llvm::SmallString<64> unescaped;
  lex::unescape(value.drop_front().drop_back(), lex::LitKind::Str, unescaped);
  add(symbols.intern(name), symbols.intern(unescaped));
  return true;
}

namespace {

class Evaluator {
public:
  Evaluator(const CfgSet &set, Session &sess, llvm::ArrayRef<Token> tokens, Span span)
      : set_(set), sess_(sess), span_(span), p_(tokens.begin()), end_(tokens.end()) {}
  bool run() {
    bool value = predicate();
    if (p_ != end_ && p_->is(TK::Comma))
      ++p_;
    if (p_ != end_)
      error(p_->span, "E0565", "multiple `cfg` predicates are specified");
    return value || bad_;
  }

private:
  bool error(Span at, const char *code, const llvm::Twine &message) {
    if (!bad_)
      sess_.diag.error(at, code, message);
    bad_ = true;
    p_ = end_;
    return true;
  }
  bool predicate();
  bool list(Symbol name, Span at);
  bool version(const Token *open);
  bool keyValue(Symbol name, Span at);

  const CfgSet &set_;
  Session &sess_;
  Span span_;
  const Token *p_, *end_;
  bool bad_ = false;
  unsigned depth_ = 0;
};

bool Evaluator::predicate() {
  while (p_ != end_ && (p_->is(TK::OpenDelim) || p_->is(TK::CloseDelim)) && p_->delim() == Delim::Invisible)
    ++p_; // a predicate that a macro captured
  if (p_ == end_)
    return error(span_, "", "`cfg` predicate is not specified");
  if (!p_->is(TK::Ident))
    return error(p_->span, "E0565", p_->is(TK::Literal) ? "literal in `cfg` predicate value must be a boolean" : "`cfg` predicate must be an identifier");
  Symbol name = p_->sym;
  Span at = p_->span;
  bool raw = p_->isRaw();
  ++p_;
  while (p_ != end_ && p_->isClose(Delim::Invisible))
    ++p_;
  if (p_ != end_ && p_->isOpen(Delim::Paren)) {
    bool holds = list(name, at);
    while (p_ != end_ && p_->isClose(Delim::Invisible))
      ++p_;
    return holds;
  }
  if (p_ != end_ && p_->is(TK::Eq))
    return keyValue(name, at);
  if (!raw && name == sym::kw_true)
    return true;
  if (!raw && name == sym::kw_false)
    return false;
  return set_.has(name);
}

bool Evaluator::keyValue(Symbol name, Span at) {
  ++p_;
  while (p_ != end_ && p_->isOpen(Delim::Invisible))
    ++p_;
  if (p_ == end_ || !p_->is(TK::Literal) || (p_->lit() != lex::LitKind::Str && p_->lit() != lex::LitKind::StrRaw))
    return error(p_ == end_ ? at : p_->span, "E0565", "literal in `cfg` predicate value must be a string");
  llvm::SmallString<64> value;
  lex::unescape(sess_.str(p_->sym), p_->lit(), value);
  ++p_;
  while (p_ != end_ && p_->isClose(Delim::Invisible))
    ++p_;
  return set_.has(name, sess_.symbols.intern(value));
}

// all(..), any(..), not(..), version(".."), accessible(path), target(os = "..").
bool Evaluator::list(Symbol name, Span at) {
  const Token *open = p_;
  const Token *close = p_ + p_->match();
  if (name == sym::version)
    return version(open);
  if (name == sym::accessible) {
    p_ = close + 1;
    return error(at, "", "`cfg(accessible)` is not supported yet");
  }
  bool isAll = name == sym::all, isAny = name == sym::any, isNot = name == sym::not_, isTarget = name == sym::target;
  if (!isAll && !isAny && !isNot && !isTarget)
    return error(at, "E0537", "invalid predicate `" + sess_.str(name) + "`");
  if (++depth_ > 500)
    return error(at, "", "this predicate nests too deeply");
  const Token *outerEnd = end_;
  ++p_;
  end_ = close;
  unsigned count = 0;
  bool all = true, any = false;
  while (!bad_ && p_ != end_) {
    bool value;
    if (isTarget && p_->is(TK::Ident) && end_ - p_ >= 3 && p_[1].is(TK::Eq)) {
      Symbol full = sess_.symbols.intern(("target_" + sess_.str(p_->sym)).str());
      ++p_;
      value = keyValue(full, at);
    } else {
      value = predicate();
    }
    ++count;
    all &= value, any |= value;
    if (p_ != end_ && !p_->is(TK::Comma)) {
      error(p_->span, "", "expected `,` or `)`, found `" + lex::printToken(sess_, *p_) + "`");
      break;
    }
    if (p_ != end_)
      ++p_;
  }
  end_ = outerEnd;
  --depth_;
  if (bad_) {
    p_ = end_;
    return true;
  }
  p_ = close + 1;
  if (isNot && count != 1)
    return error(at, "E0536", "expected 1 cfg-pattern");
  return isNot ? !any : isAny ? any : all;
}

// cfg(version("1.60")): true for this language version and older ones (RFC 2523).
bool Evaluator::version(const Token *open) {
  static constexpr unsigned kVersion[3] = {1, 96, 0};
  const Token *close = open + open->match();
  if (close - open != 2 || !open[1].is(TK::Literal) || open[1].lit() != lex::LitKind::Str)
    return error(open->span, "", "expected a version literal");
  p_ = close + 1;
  llvm::SmallVector<llvm::StringRef, 3> parts;
  sess_.str(open[1].sym).split(parts, '.');
  for (unsigned i = 0; i < 3; ++i) {
    unsigned n = 0;
    if (i < parts.size() && parts[i].getAsInteger(10, n)) {
      sess_.diag.warning(open[1].span, "unknown version literal format, assuming it refers to a future version");
      return false;
    }
    if (n != kVersion[i])
      return n < kVersion[i];
  }
  return true;
}

} // namespace

bool CfgSet::eval(Session &sess, const lex::TokenStore &store, lex::TokenRange predicate, Span span) const {
  return Evaluator(*this, sess, lex::tokens(store, predicate), span).run();
}

} // namespace ferric::parse
