// The parser's cursor, and what happens on errors. After an error the current token is Eof until a recovery point
// resets the position: every loop and every caller on the way out sees the end of input and returns, so that one mistake is
// reported once and no parsing function needs a special error path. Recovery points are the ends of delimited groups
// (their position is known from the token stream), statements and items.
#include "lex/lexer.h"
#include "parse/scope.h"

namespace ferric::parse {

Parser::Parser(Session &sess, Ast &ast, const CfgSet *cfg, lex::TokenRange range, unsigned edition, Span eof)
    : sess_(sess), ast_(ast), cfg_(cfg), edition_(edition) {
  tokens_ = ast_.tokens.data();
  index_ = range.begin;
  end_ = range.begin + range.len;
  if (eof.isDummy() && range.len)
    eof = tokens_[end_ - 1].span.shrinkToHi();
  eof_.span = eof;
  prevSpan_ = eof;
  refresh();
  if (range.len)
    prevSpan_ = tok_->span.shrinkToLo();
}

// What remains of a glued token without its first `n` characters.
static TokenKind withoutFirst(TokenKind k, unsigned n) {
  using enum TokenKind;
  switch (k) {
  case AndAnd: return And;
  case OrOr: return Or;
  case Shr: return Gt;
  case Shl: return Lt;
  case Ge: case Le: case AndEq: case OrEq: case PlusEq: return Eq;
  case LArrow: return Minus;
  case ShrEq: return n == 1 ? Ge : Eq;
  case ShlEq: return n == 1 ? Le : Eq;
  default: return Unknown;
  }
}

// The first character of a glued token as a token; the token itself when it has but one character.
static TokenKind firstOf(TokenKind k) {
  using enum TokenKind;
  switch (k) {
  case AndAnd: case AndEq: return And;
  case OrOr: case OrEq: return Or;
  case Shr: case Ge: case ShrEq: return Gt;
  case Shl: case Le: case ShlEq: case LArrow: return Lt;
  case PlusEq: return Plus;
  default: return k;
  }
}

void Parser::refreshOtherwise() {
  while (index_ < end_ && isTransparent(tokens_[index_]))
    ++index_, sawTransparent_ = true;
  if (failed_ || index_ >= end_) {
    tok_ = &eof_;
    return;
  }
  tok_ = tokens_ + index_;
  if (split_) {
    splitTok_ = *tok_;
    splitTok_.kind = withoutFirst(tok_->kind, split_);
    if (splitTok_.span.hi - splitTok_.span.lo > split_)
      splitTok_.span.lo += split_;
    tok_ = &splitTok_;
  }
}

const Token &Parser::peek(uint32_t n) const {
  if (n == 0)
    return *tok_;
  if (failed_)
    return eof_;
  uint32_t i = index_;
  while (n && i < end_) {
    ++i;
    while (i < end_ && isTransparent(tokens_[i]))
      ++i;
    --n;
  }
  return i < end_ ? tokens_[i] : eof_;
}

const Token &Parser::peekTree(uint32_t n) const {
  if (failed_)
    return eof_;
  uint32_t i = index_;
  for (; n && i < end_; --n)
    i += tokens_[i].kind == TK::OpenDelim ? tokens_[i].match() + 1 : 1;
  return i == index_ ? *tok_ : i < end_ ? tokens_[i] : eof_;
}

void Parser::bumpTree() {
  if (tok_->kind == TK::OpenDelim)
    index_ = closeIndex(), refresh();
  bump();
}

bool Parser::eatKeyword(Symbol keyword) {
  if (!tok_->isKeyword(keyword))
    return false;
  bump();
  return true;
}

bool Parser::checkSplit(TokenKind kind) const { return firstOf(tok_->kind) == kind; }

bool Parser::eatSplit(TokenKind kind) {
  if (tok_->kind == kind) {
    bump();
    return true;
  }
  if (firstOf(tok_->kind) != kind)
    return false;
  prevSpan_ = tok_->span;
  prevSpan_.hi = prevSpan_.lo + 1;
  ++split_;
  refresh();
  return true;
}

bool Parser::expect(TokenKind kind) {
  if (eat(kind))
    return true;
  unexpected("`" + lex::punctText(kind) + "`");
  return false;
}

bool Parser::expectSplit(TokenKind kind) {
  if (eatSplit(kind))
    return true;
  unexpected("`" + lex::punctText(kind) + "`");
  return false;
}

bool Parser::expectKeyword(Symbol keyword) {
  if (eatKeyword(keyword))
    return true;
  unexpected("`" + sess_.str(keyword) + "`");
  return false;
}

bool Parser::newlineBefore() const {
  if (failed_ || !(prevSpan_.ctxt == tok_->span.ctxt) || tok_->span.lo < prevSpan_.hi)
    return false;
  return sess_.sources.text({prevSpan_.hi, tok_->span.lo, {}}).contains('\n');
}

// A `;` forgotten at the end of a line is reported there, and parsing goes on as if it stood there.
bool Parser::expectSemi() {
  if (eat(TK::Semi))
    return true;
  bool nextStarts = tok_->isClose(Delim::Brace) || canBeginExpr(*tok_) || canBeginItem(*tok_) || tok_->isKeyword(sym::kw_let);
  if (!failed_ && tok_->kind != TK::Eof && nextStarts && newlineBefore()) {
    ++errors_;
    sess_.diag.error(prevSpan_.shrinkToHi(), "expected `;`, found " + describe(*tok_))
        .suggest(prevSpan_.shrinkToHi(), "add `;` here", ";", diag::Applicability::MachineApplicable)
        .label(tok_->span, "unexpected token");
    return true;
  }
  unexpected("`;`");
  return false;
}

void Parser::fail(Span span, const char *code, const llvm::Twine &message, const llvm::Twine &label) {
  if (failed_)
    return;
  ++errors_;
  std::string text = label.str();
  diag::Builder b = sess_.diag.error(span.isDummy() ? eof_.span : span, code, message);
  if (!text.empty())
    b.label(span, text);
  b.emit();
  failed_ = true;
  tok_ = &eof_;
}

void Parser::unexpected(const llvm::Twine &expected) {
  if (failed_)
    return;
  fail(tok_->span, "", "expected " + expected + ", found " + describe(*tok_), "expected " + expected);
}

std::string Parser::describe(const Token &t) const {
  switch (t.kind) {
  case TK::Eof: return "end of input";
  case TK::DocComment: return "doc comment `" + lex::printToken(sess_, t) + "`";
  case TK::Ident: {
    const char *what = "";
    if (!t.isRaw() && isReserved(t))
      what = t.sym == sym::underscore ? "reserved identifier " : t.sym >= sym::kw_abstract && t.sym <= sym::kw_yield ? "reserved keyword " : "keyword ";
    return what + ("`" + lex::printToken(sess_, t) + "`");
  }
  case TK::OpenDelim:
    if (t.delim() == Delim::Invisible)
      return "macro fragment";
    [[fallthrough]];
  default:
    return "`" + lex::printToken(sess_, t) + "`";
  }
}

void Parser::recoverTo(uint32_t index) {
  failed_ = false;
  index_ = index;
  split_ = 0;
  refresh();
}

void Parser::setPos(Pos pos) {
  failed_ = false;
  index_ = pos.index;
  split_ = pos.split;
  refresh();
}

bool Parser::openGroup(Delim d, Group &g) {
  if (!tok_->isOpen(d)) {
    unexpected(d == Delim::Paren ? "`(`" : d == Delim::Bracket ? "`[`" : "`{`");
    g.close = index_;
    return false;
  }
  g.close = closeIndex();
  bump();
  return true;
}

void Parser::closeGroup(Group g) {
  if (!failed_ && index_ != g.close)
    unexpected("`" + lex::printToken(sess_, tokens_[g.close]) + "`");
  if (failed_) {
    if (g.close >= end_ || tokens_[g.close].kind != TK::CloseDelim)
      return; // the group was never opened
    recoverTo(g.close);
  }
  bump();
}

bool Parser::commaOrEnd(Group g) {
  if (failed_ || index_ == g.close)
    return false;
  if (eat(TK::Comma))
    return index_ != g.close;
  unexpected("`,` or `" + lex::printToken(sess_, tokens_[g.close]) + "`");
  return false;
}

// Between tokens of a macro and of its arguments the macro's side is kept: a span that mixes both would cover
// unrelated text.
Span Parser::join(Span a, Span b) const {
  if (a.ctxt == b.ctxt)
    return b.hi >= a.lo ? a.to(b) : a;
  return a.ctxt.isRoot() ? b : a;
}

// Drops transparent groups' delimiters, which need not be balanced in a part of a stream, and matches the others again.
static void dropTransparent(std::vector<Token> &run, bool (*isTransparent)(const Token &)) {
  llvm::erase_if(run, isTransparent);
  llvm::SmallVector<uint32_t, 16> opens;
  for (uint32_t i = 0; i < run.size(); ++i) {
    if (run[i].kind == TokenKind::OpenDelim) {
      opens.push_back(i);
    } else if (run[i].kind == TokenKind::CloseDelim && !opens.empty()) {
      uint32_t open = opens.pop_back_val();
      run[open].extra = run[i].extra = i - open;
    }
  }
}

lex::TokenRange Parser::rangeBetween(Pos from, Pos to) {
  if (!from.split && !to.split && !sawTransparent_)
    return {from.index, to.index - from.index};
  std::vector<Token> copy(tokens_ + from.index, tokens_ + to.index + (to.split ? 1 : 0));
  if (to.split) { // only the first characters of the last token belong to the range
    Token &last = copy.back();
    if (from.split && copy.size() == 1) {
      last.kind = firstOf(withoutFirst(last.kind, from.split));
    } else {
      last.kind = to.split == 1 ? firstOf(last.kind) : last.kind == TK::ShrEq ? TK::Shr : TK::Shl;
    }
    last.flags &= ~(Token::kJoint | Token::kJointHidden);
  }
  if (from.split && !copy.empty() && !(to.split && copy.size() == 1))
    copy.front().kind = withoutFirst(copy.front().kind, from.split);
  if (sawTransparent_)
    dropTransparent(copy, isTransparent);
  uint32_t begin = ast_.tokens.append(copy);
  return {begin, uint32_t(copy.size())};
}

bool Parser::expectEof(const char *what) {
  if (failed_)
    return false;
  if (tok_->kind == TK::Eof)
    return true;
  fail(tok_->span, "", llvm::Twine("unexpected token after ") + what + ": " + describe(*tok_), "unexpected token");
  return false;
}

} // namespace ferric::parse
