// Classification of tokens. The "may begin" sets are stability guarantees of the language: a fragment matcher that
// cannot begin with a token leaves the choice to the other arms (Reference: macros-by-example; rustc_ast::token, parser/nonterminal.rs).
#include "expand/token_util.h"

namespace ferric::expand {
using lex::Delim;
using lex::FragmentKind;
using lex::Token;
using lex::TokenKind;

bool isReservedIdent(const Token &t, const EditionInfo &edition) {
  if (t.isRaw())
    return false;
  if (t.sym.raw >= sym::k_kw_auto)
    return false;
  return isReservedKeyword(t.sym, edition.at(t.span));
}

static llvm::StringRef fragmentDescription(FragmentKind kind) {
  switch (kind) {
  case FragmentKind::Item: return "item";
  case FragmentKind::Block: return "block";
  case FragmentKind::Stmt: return "stmt";
  case FragmentKind::Pat: case FragmentKind::PatParam: return "pat";
  case FragmentKind::Expr: case FragmentKind::Expr2021: return "expr";
  case FragmentKind::Ty: return "ty";
  case FragmentKind::Ident: return "ident";
  case FragmentKind::Lifetime: return "lifetime";
  case FragmentKind::Literal: return "literal";
  case FragmentKind::Meta: return "meta";
  case FragmentKind::Path: return "path";
  case FragmentKind::Vis: return "vis";
  case FragmentKind::TT: return "tt";
  case FragmentKind::Guard: return "guard";
  }
  return "";
}

std::string tokenDescription(const Session &sess, const Token &t, const EditionInfo &edition) {
  if (t.is(TokenKind::Eof))
    return "end of input";
  if ((t.is(TokenKind::OpenDelim) || t.is(TokenKind::CloseDelim)) && t.delim() == Delim::Invisible)
    return ("`" + fragmentDescription(t.fragment()) + "` metavariable").str();
  std::string text = "`" + lex::printToken(sess, t) + "`";
  if (t.is(TokenKind::DocComment))
    return "doc comment " + text;
  if (!t.is(TokenKind::Ident) || t.isRaw())
    return text;
  if (t.sym == sym::underscore || t.sym == sym::dollar_crate)
    return "reserved identifier " + text;
  return isReservedIdent(t, edition) ? "keyword " + text : text;
}

// ---- matching ----
bool sameToken(const Token &a, const Token &b) {
  if (a.kind != b.kind)
    return false;
  switch (a.kind) {
  case TokenKind::Ident:
  case TokenKind::Lifetime:
    return a.sym == b.sym && a.isRaw() == b.isRaw();
  case TokenKind::Literal:
    return a.sub == b.sub && a.aux == b.aux && a.sym == b.sym && a.extra == b.extra;
  case TokenKind::OpenDelim:
  case TokenKind::CloseDelim:
    return a.sub == b.sub && a.delim() != Delim::Invisible;
  case TokenKind::DocComment:
  case TokenKind::Unknown:
    return a.sym == b.sym;
  default:
    return true;
  }
}

static bool identCanBeginExpr(const Token &t, const EditionInfo &edition) {
  if (!isReservedIdent(t, edition) || isPathSegmentKeyword(t.sym))
    return true;
  switch (t.sym.raw) {
  case sym::k_kw_async: case sym::k_kw_do: case sym::k_kw_box: case sym::k_kw_break: case sym::k_kw_const:
  case sym::k_kw_continue: case sym::k_kw_false: case sym::k_kw_for: case sym::k_kw_gen: case sym::k_kw_if:
  case sym::k_kw_let: case sym::k_kw_loop: case sym::k_kw_match: case sym::k_kw_move: case sym::k_kw_return:
  case sym::k_kw_true: case sym::k_kw_try: case sym::k_kw_unsafe: case sym::k_kw_while: case sym::k_kw_yield:
  case sym::k_kw_static:
    return true;
  default:
    return false;
  }
}

static bool identCanBeginType(const Token &t, const EditionInfo &edition) {
  if (!isReservedIdent(t, edition) || isPathSegmentKeyword(t.sym))
    return true;
  switch (t.sym.raw) {
  case sym::k_underscore: case sym::k_kw_for: case sym::k_kw_impl: case sym::k_kw_fn: case sym::k_kw_unsafe:
  case sym::k_kw_extern: case sym::k_kw_typeof: case sym::k_kw_dyn:
    return true;
  default:
    return false;
  }
}

static bool canBeginExpr(const Token &t, const EditionInfo &edition) {
  switch (t.kind) {
  case TokenKind::Ident: return identCanBeginExpr(t, edition);
  case TokenKind::OpenDelim:
    if (t.delim() != Delim::Invisible)
      return true;
    switch (t.fragment()) {
    case FragmentKind::Block: case FragmentKind::Expr: case FragmentKind::Expr2021: case FragmentKind::Literal:
    case FragmentKind::Path:
      return true;
    default:
      return false;
    }
  case TokenKind::Literal: case TokenKind::Bang: case TokenKind::Minus: case TokenKind::Star: case TokenKind::Or:
  case TokenKind::OrOr: case TokenKind::And: case TokenKind::AndAnd: case TokenKind::DotDot: case TokenKind::DotDotDot:
  case TokenKind::DotDotEq: case TokenKind::Lt: case TokenKind::Shl: case TokenKind::PathSep: case TokenKind::Lifetime:
  case TokenKind::Pound:
    return true;
  default:
    return false;
  }
}

static bool canBeginType(const Token &t, const EditionInfo &edition) {
  switch (t.kind) {
  case TokenKind::Ident: return identCanBeginType(t, edition);
  case TokenKind::OpenDelim:
    if (t.delim() == Delim::Invisible)
      return t.fragment() == FragmentKind::Ty || t.fragment() == FragmentKind::Path;
    return t.delim() != Delim::Brace;
  case TokenKind::Bang: case TokenKind::Star: case TokenKind::And: case TokenKind::AndAnd: case TokenKind::Question:
  case TokenKind::Lifetime: case TokenKind::Lt: case TokenKind::Shl: case TokenKind::PathSep:
    return true;
  default:
    return false;
  }
}

static bool canBeginPattern(const Token &t, bool withOr) {
  switch (t.kind) {
  case TokenKind::Ident: case TokenKind::And: case TokenKind::Minus: case TokenKind::AndAnd: case TokenKind::Literal:
  case TokenKind::DotDot: case TokenKind::DotDotDot: case TokenKind::PathSep: case TokenKind::Lt: case TokenKind::Shl:
    return true;
  case TokenKind::Or: return withOr;
  case TokenKind::OpenDelim:
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

// An expression group is a literal when it holds nothing but `-`? literal, maybe in further groups.
static bool groupIsLiteral(llvm::ArrayRef<Token> toks) {
  size_t i = 1, end = toks[0].match();
  while (i < end && toks[i].isOpen(Delim::Invisible) && i + toks[i].match() + 1 == end) {
    end = i + toks[i].match();
    ++i;
  }
  if (i < end && toks[i].is(TokenKind::Minus))
    ++i;
  if (i + 1 != end)
    return false;
  return toks[i].is(TokenKind::Literal) || toks[i].isKeyword(sym::kw_true) || toks[i].isKeyword(sym::kw_false);
}

static bool canBeginLiteral(llvm::ArrayRef<Token> toks) {
  const Token &t = toks[0];
  switch (t.kind) {
  case TokenKind::Literal: case TokenKind::Minus: return true;
  case TokenKind::Ident: return t.isKeyword(sym::kw_true) || t.isKeyword(sym::kw_false);
  case TokenKind::OpenDelim:
    if (t.delim() != Delim::Invisible)
      return false;
    if (t.fragment() == FragmentKind::Literal)
      return true;
    return (t.fragment() == FragmentKind::Expr || t.fragment() == FragmentKind::Expr2021) && groupIsLiteral(toks);
  default:
    return false;
  }
}

static bool invisibleMayBeIdent(FragmentKind kind) {
  switch (kind) {
  case FragmentKind::Stmt: case FragmentKind::Pat: case FragmentKind::PatParam: case FragmentKind::Expr:
  case FragmentKind::Expr2021: case FragmentKind::Ty: case FragmentKind::Literal: case FragmentKind::Meta:
  case FragmentKind::Path:
    return true;
  default:
    return false;
  }
}

bool fragmentMayBegin(FragmentKind kind, llvm::ArrayRef<Token> toks, const EditionInfo &edition) {
  static const Token kEof;
  const Token &t = toks.empty() ? kEof : toks[0];
  switch (kind) {
  case FragmentKind::Expr2021:
    return canBeginExpr(t, edition) && !t.isKeyword(sym::kw_let) && !t.isKeyword(sym::kw_const);
  case FragmentKind::Expr:
    return (canBeginExpr(t, edition) || t.isKeyword(sym::underscore)) && !t.isKeyword(sym::kw_let);
  case FragmentKind::Ty: return canBeginType(t, edition);
  case FragmentKind::Ident: return t.is(TokenKind::Ident) && (t.isRaw() || t.sym != sym::underscore);
  case FragmentKind::Literal: return !toks.empty() && canBeginLiteral(toks);
  case FragmentKind::Vis:
    return t.is(TokenKind::Comma) || t.is(TokenKind::Ident) || t.isOpen(Delim::Invisible) || canBeginType(t, edition);
  case FragmentKind::Block:
    if (!t.is(TokenKind::OpenDelim))
      return false;
    if (t.delim() != Delim::Invisible)
      return t.delim() == Delim::Brace;
    return t.fragment() == FragmentKind::Block || t.fragment() == FragmentKind::Stmt ||
           t.fragment() == FragmentKind::Expr || t.fragment() == FragmentKind::Expr2021 ||
           t.fragment() == FragmentKind::Literal;
  case FragmentKind::Path:
  case FragmentKind::Meta:
    return t.is(TokenKind::PathSep) || t.is(TokenKind::Ident) ||
           (t.isOpen(Delim::Invisible) && invisibleMayBeIdent(t.fragment()));
  case FragmentKind::Pat: return canBeginPattern(t, true);
  case FragmentKind::PatParam: return canBeginPattern(t, false);
  case FragmentKind::Lifetime: return t.is(TokenKind::Lifetime);
  case FragmentKind::Guard: return t.isKeyword(sym::kw_if);
  case FragmentKind::TT:
  case FragmentKind::Item:
  case FragmentKind::Stmt:
    return !t.is(TokenKind::CloseDelim);
  }
  return false;
}

} // namespace ferric::expand
