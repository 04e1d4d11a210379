// What can begin what. These predicates decide macro matching as well as parsing, so each answers exactly as
// rustc_ast::token and rustc_parse::nonterminal do.
#include "parse/scope.h"

namespace ferric::parse {

bool Parser::isReserved(const Token &t) const {
  if (t.kind != TK::Ident || t.isRaw())
    return false;
  if (t.sym <= sym::kw_yield)
    return true;
  if (t.sym > sym::kw_gen)
    return false;
  return isReservedKeyword(t.sym, editionAt(t.span));
}

static bool isQPathStart(const Token &t) { return t.is(TokenKind::Lt) || t.is(TokenKind::Shl); }

static bool isSegmentKeyword(const Token &t) {
  return t.kind == TokenKind::Ident && !t.isRaw() && isPathSegmentKeyword(t.sym);
}

bool Parser::isPathStart(const Token &t) const {
  return t.is(TK::PathSep) || isQPathStart(t) || isFragment(t, FragmentKind::Path) || isSegmentKeyword(t) || isIdent(t);
}

static bool keywordBeginsExpr(Symbol s) {
  using namespace sym;
  for (Symbol k : {kw_async, kw_do, kw_box, kw_break, kw_const, kw_continue, kw_false, kw_for, kw_gen, kw_if, kw_let, kw_loop,
                   kw_match, kw_move, kw_return, kw_true, kw_try, kw_unsafe, kw_while, kw_yield, kw_safe, kw_static})
    if (s == k)
      return true;
  return false;
}

bool Parser::canBeginExpr(const Token &t) const {
  switch (t.kind) {
  case TK::Ident:
    return !isReserved(t) || isSegmentKeyword(t) || keywordBeginsExpr(t.sym);
  case TK::OpenDelim:
    if (t.delim() != Delim::Invisible)
      return true;
    switch (t.fragment()) {
    case FragmentKind::Block: case FragmentKind::Expr: case FragmentKind::Expr2021: case FragmentKind::Literal:
    case FragmentKind::Path:
      return true;
    default:
      return false;
    }
  case TK::Literal: case TK::Bang: case TK::Minus: case TK::Star: case TK::Or: case TK::OrOr: case TK::And: case TK::AndAnd:
  case TK::DotDot: case TK::DotDotDot: case TK::DotDotEq: case TK::Lt: case TK::Shl: case TK::PathSep: case TK::Lifetime:
  case TK::Pound:
    return true;
  default:
    return false;
  }
}

bool Parser::canBeginType(const Token &t) const {
  using namespace sym;
  switch (t.kind) {
  case TK::Ident:
    if (!isReserved(t) || isSegmentKeyword(t))
      return true;
    for (Symbol k : {underscore, kw_for, kw_impl, kw_fn, kw_unsafe, kw_extern, kw_typeof, kw_dyn})
      if (t.sym == k)
        return true;
    return false;
  case TK::OpenDelim:
    return t.delim() == Delim::Paren || t.delim() == Delim::Bracket || isFragment(t, FragmentKind::Ty) ||
           isFragment(t, FragmentKind::Path);
  case TK::Bang: case TK::Star: case TK::And: case TK::AndAnd: case TK::Question: case TK::Lifetime: case TK::Lt: case TK::Shl:
  case TK::PathSep:
    return true;
  default:
    return false;
  }
}

bool Parser::canBeginPattern(const Token &t, bool orAllowed) const {
  switch (t.kind) {
  case TK::Ident: case TK::And: case TK::Minus: case TK::AndAnd: case TK::Literal: case TK::DotDot: case TK::DotDotDot:
  case TK::PathSep: case TK::Lt: case TK::Shl:
    return true;
  case TK::Or:
    return orAllowed;
  case TK::OpenDelim:
    if (t.delim() != Delim::Invisible)
      return t.delim() != Delim::Brace;
    switch (t.fragment()) {
    case FragmentKind::Expr: case FragmentKind::Expr2021: case FragmentKind::Literal: case FragmentKind::Meta:
    case FragmentKind::Pat: case FragmentKind::PatParam: case FragmentKind::Path: case FragmentKind::Ty:
      return true;
    default:
      return false;
    }
  default:
    return false;
  }
}

static bool isBool(const Token &t) { return t.isKeyword(sym::kw_true) || t.isKeyword(sym::kw_false); }

bool Parser::canBeginConstArg(const Token &t) const {
  return t.isOpen(Delim::Brace) || t.is(TK::Literal) || t.is(TK::Minus) || isBool(t) || isFragment(t, FragmentKind::Expr) ||
         isFragment(t, FragmentKind::Expr2021) || isFragment(t, FragmentKind::Block) || isFragment(t, FragmentKind::Literal);
}

bool Parser::canBeginItem(const Token &t) const {
  using namespace sym;
  if (t.kind != TK::Ident || t.isRaw())
    return false;
  for (Symbol k : {kw_fn, kw_use, kw_struct, kw_enum, kw_pub, kw_trait, kw_extern, kw_impl, kw_unsafe, kw_const, kw_static,
                   kw_macro, kw_mod, kw_type})
    if (t.sym == k)
      return true;
  return false;
}

// `t` points into the token stream: a captured expression may itself be a literal.
bool Parser::canBeginLiteralMaybeMinus(const Token *t) const {
  if (t->is(TK::Literal) || t->is(TK::Minus) || isBool(*t) || isFragment(*t, FragmentKind::Literal))
    return true;
  if (!isFragment(*t, FragmentKind::Expr) && !isFragment(*t, FragmentKind::Expr2021))
    return false;
  uint32_t len = t->match() - 1;
  if (isFragment(t[1], FragmentKind::Expr) || isFragment(t[1], FragmentKind::Expr2021))
    return t[1].match() + 1 == len && canBeginLiteralMaybeMinus(t + 1);
  return (len == 1 && (t[1].is(TK::Literal) || isBool(t[1]))) || (len == 2 && t[1].is(TK::Minus) && t[2].is(TK::Literal)) ||
         isFragment(t[1], FragmentKind::Literal);
}

bool Parser::canBeginBound() const {
  const Token &t = *tok_;
  return isPathStart(t) || t.is(TK::Lifetime) || t.is(TK::Bang) || t.is(TK::Question) || t.is(TK::Tilde) ||
         t.isKeyword(sym::kw_for) || t.isOpen(Delim::Paren) || t.isKeyword(sym::kw_const) || t.isKeyword(sym::kw_async) ||
         t.isKeyword(sym::kw_use) ||
         (t.isOpen(Delim::Bracket) && keywordAhead(1, sym::kw_const) && peek(2).isClose(Delim::Bracket));
}

bool Parser::followedByIdent(Symbol keyword) const { return tok_->isKeyword(keyword) && isIdent(peek(1)); }

// Whether `<` begins generic parameters rather than a qualified path (`impl <T>::A`, `for <T as A>::B in`).
bool Parser::genericsOverQPath(uint32_t n) const {
  if (!peek(n).is(TK::Lt))
    return false;
  const Token &a = peek(n + 1);
  if (a.is(TK::Pound) || a.is(TK::Gt) || a.isKeyword(sym::kw_const))
    return true;
  if (!a.is(TK::Lifetime) && !a.is(TK::Ident))
    return false;
  const Token &b = peek(n + 2);
  return b.is(TK::Gt) || b.is(TK::Comma) || b.is(TK::Colon) || b.is(TK::Eq);
}

static bool mayBeIdent(FragmentKind k) {
  switch (k) {
  case FragmentKind::Stmt: case FragmentKind::Pat: case FragmentKind::PatParam: case FragmentKind::Expr:
  case FragmentKind::Expr2021: case FragmentKind::Ty: case FragmentKind::Literal: case FragmentKind::Meta: case FragmentKind::Path:
    return true;
  default:
    return false;
  }
}

bool Parser::canBegin(FragmentKind kind) const {
  const Token &t = *tok_;
  bool invisible = t.isOpen(Delim::Invisible);
  switch (kind) {
  case FragmentKind::Expr2021:
    return canBeginExpr(t) && !t.isKeyword(sym::kw_let) && !t.isKeyword(sym::kw_const);
  case FragmentKind::Expr:
    return (canBeginExpr(t) || t.isKeyword(sym::underscore)) && !t.isKeyword(sym::kw_let);
  case FragmentKind::Ty: return canBeginType(t);
  case FragmentKind::Ident: return t.is(TK::Ident) && !t.isKeyword(sym::underscore);
  case FragmentKind::Literal: return canBeginLiteralMaybeMinus(tok_);
  case FragmentKind::Vis: return t.is(TK::Comma) || t.is(TK::Ident) || invisible || canBeginType(t);
  case FragmentKind::Block:
    if (invisible)
      return t.fragment() == FragmentKind::Block || t.fragment() == FragmentKind::Stmt || t.fragment() == FragmentKind::Expr ||
             t.fragment() == FragmentKind::Expr2021 || t.fragment() == FragmentKind::Literal;
    return t.isOpen(Delim::Brace);
  case FragmentKind::Path:
  case FragmentKind::Meta:
    return t.is(TK::PathSep) || t.is(TK::Ident) || (invisible && mayBeIdent(t.fragment()));
  case FragmentKind::Pat: return canBeginPattern(t, true);
  case FragmentKind::PatParam: return canBeginPattern(t, false);
  case FragmentKind::Lifetime: return t.is(TK::Lifetime);
  case FragmentKind::Guard: return t.isKeyword(sym::kw_if);
  case FragmentKind::TT:
  case FragmentKind::Item:
  case FragmentKind::Stmt:
    return !t.is(TK::CloseDelim) && !t.is(TK::Eof);
  }
  return false;
}

} // namespace ferric::parse
