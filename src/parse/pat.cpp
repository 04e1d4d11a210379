// Patterns (Reference: "Patterns").
#include "parse/scope.h"

namespace ferric::parse {

PatId Parser::parsePat(bool topLevelAlternatives) { return topLevelAlternatives ? patTopAlt(false) : pat(true); }

// `|`-separated alternatives with an optional leading `|`; in parentheses also a guard (RFC 3637).
PatId Parser::patTopAlt(bool allowGuard) {
  Depth depth(*this);
  Span lo = tok_->span;
  bool leading = eat(TK::Or);
  if (!leading && check(TK::OrOr) && !failed_) {
    ++errors_;
    sess_.diag.error(tok_->span, "unexpected token `||` in pattern");
    bump();
  }
  PatId first = pat(true);
  if (check(TK::Or) || (check(TK::OrOr) && !failed_)) {
    llvm::SmallVector<PatId, 8> alts{first};
    while (check(TK::Or) || check(TK::OrOr)) {
      if (check(TK::OrOr)) {
        ++errors_;
        sess_.diag.error(tok_->span, "unexpected token `||` in pattern").suggest(tok_->span, "use a single `|` to separate multiple alternative patterns", "|");
      }
      bump();
      if (tok_->is(TK::Eq) || tok_->is(TK::FatArrow) || tok_->is(TK::Comma) || tok_->is(TK::Semi) || tok_->is(TK::CloseDelim) ||
          tok_->isKeyword(sym::kw_if)) {
        ++errors_;
        sess_.diag.error(prevSpan_, "a trailing `|` is not allowed in an or-pattern");
        break;
      }
      alts.push_back(pat(true));
    }
    List<PatId> list = ast_.addList<PatId>(alts);
    first = ast_.addPat(since(lo), OrPat{list});
  }
  if (allowGuard && eatKeyword(sym::kw_if)) {
    ExprId guard = exprRes(kAllowLet);
    return ast_.addPat(since(lo), GuardPat{first, guard});
  }
  return first;
}

static bool endsPatRange(const Token &t) {
  return t.is(TokenKind::DotDot) || t.is(TokenKind::DotDotEq) || t.is(TokenKind::DotDotDot);
}

// A binding rather than a path: an identifier not followed by what would make it one.
bool Parser::canBeIdentPat() const {
  if (!isIdent(*tok_))
    return false;
  const Token &next = peek(1);
  return !(next.isOpen(Delim::Paren) || next.isOpen(Delim::Brace) || endsPatRange(next) || next.is(TK::PathSep) ||
           next.is(TK::Bang));
}

bool Parser::isPatRangeEnd(uint32_t n) const {
  const Token &t = peek(n);
  return isPathStart(t) || canBeginLiteralMaybeMinus(&t) || isInlineConst(n);
}

PatId Parser::pat(bool allowRange) {
  using namespace sym;
  Depth depth(*this);
  if (isFragment(*tok_, FragmentKind::Pat) || isFragment(*tok_, FragmentKind::PatParam))
    return inGroup([&] { return patTopAlt(false); });
  Span lo = tok_->span;
  switch (tok_->kind) {
  case TK::And:
  case TK::AndAnd: {
    eatSplit(TK::And);
    RefPat p;
    if (check(TK::Lifetime)) {
      ++errors_;
      sess_.diag.error(tok_->span, "unexpected lifetime `" + sess_.str(tok_->sym) + "` in pattern");
      bump();
    }
    if (tok_->isKeyword(sym::pin) && (keywordAhead(1, kw_const) || keywordAhead(1, kw_mut)) ) {
      bump();
      p.pinned = true;
      p.mut = tok_->isKeyword(kw_mut) ? Mutability::Mut : Mutability::Not;
      bump();
    } else {
      p.mut = eatMut();
    }
    p.inner = pat(false);
    return ast_.addPat(since(lo), p);
  }
  case TK::OpenDelim:
    if (tok_->delim() == Delim::Paren)
      return patTuple(lo);
    if (tok_->delim() == Delim::Bracket) {
      List<PatId> elems = patList(Delim::Bracket);
      return ast_.addPat(since(lo), SlicePat{elems});
    }
    break;
  case TK::DotDot:
    if (!isPatRangeEnd(1)) {
      bump();
      return ast_.addPat(since(lo), RestPat{});
    }
    [[fallthrough]];
  case TK::DotDotEq:
  case TK::DotDotDot:
    return patRange(lo, {}, allowRange);
  case TK::Bang:
    bump();
    return ast_.addPat(since(lo), NeverPat{});
  case TK::Ident:
    if (tok_->isRaw())
      break;
    if (tok_->sym == underscore) {
      bump();
      return ast_.addPat(since(lo), WildPat{});
    }
    if (tok_->sym == kw_mut) {
      bump();
      if (tok_->isKeyword(kw_ref)) { // mut ref (experimental)
        bump();
        Mutability m = eatMut();
        return patIdent(lo, true, m, true);
      }
      return patMut(lo);
    }
    if (tok_->sym == kw_ref) {
      bump();
      Mutability m = eatMut();
      return patIdent(lo, true, m, false);
    }
    if (tok_->sym == kw_box) {
      bump();
      PatId inner = pat(false);
      return ast_.addPat(since(lo), BoxPat{inner});
    }
    if (isInlineConst(0)) {
      ExprId value = constPat(lo);
      if (endsPatRange(*tok_))
        return patRange(lo, value, allowRange);
      return ast_.addPat(since(lo), LitPat{value});
    }
    if (isBuiltin()) {
      bump();
      bump();
      Ident name = parseIdent();
      Group g;
      if (!openGroup(Delim::Paren, g))
        return errPat(lo);
      if (name.name != deref)
        fail(name.span, "", "unknown `builtin #` construct `" + sess_.str(name) + "`");
      PatId inner = patTopAlt(false);
      closeGroup(g);
      return ast_.addPat(since(lo), DerefPat{inner});
    }
    break;
  default:
    break;
  }
  if (canBeIdentPat())
    return patIdent(lo, false, Mutability::Not, false);
  bool boolean = tok_->isKeyword(kw_true) || tok_->isKeyword(kw_false);
  if (isPathStart(*tok_) && !boolean)
    return patPath(lo, allowRange);
  return patLit(lo, allowRange);
}

// Behind `mut`, which only a binding may follow.
PatId Parser::patMut(Span lo) {
  while (tok_->isKeyword(sym::kw_mut)) {
    ++errors_;
    sess_.diag.error(tok_->span, "`mut` on a binding may not be repeated");
    bump();
  }
  bool binding = canBeIdentPat() || (tok_->isKeyword(sym::kw_self) && !peek(1).is(TK::PathSep));
  if (binding || !canBeginPattern(*tok_, false))
    return patIdent(lo, false, Mutability::Not, true);
  PatId inner = pat(true);
  if (!failed_) {
    ++errors_;
    sess_.diag.error(lo, "`mut` must be followed by a named binding").note("`mut` may be followed by `variable` and `variable @ pattern`");
  }
  return inner;
}

PatId Parser::patIdent(Span lo, bool byRef, Mutability refMut, bool isMut) {
  IdentPat p;
  p.byRef = byRef;
  p.refMut = refMut;
  p.isMut = isMut;
  if (tok_->isKeyword(sym::kw_self)) { // `mut self` in closures and macros: the resolver's to judge
    p.ident = tok_->ident();
    bump();
  } else {
    p.ident = parseIdent();
  }
  if (!failed_ && tok_->isOpen(Delim::Paren) && (byRef || isMut))
    fail(tok_->span, "", "expected identifier, found enum pattern");
  if (eat(TK::At))
    p.sub = pat(true);
  return ast_.addPat(since(lo), p);
}

// What begins with a path: a constant, a tuple struct, a struct, a macro call, the start of a range.
PatId Parser::patPath(Span lo, bool allowRange) {
  QSelf qself;
  PathId path = parseQPath(PathStyle::Pat, qself);
  switch (tok_->kind) {
  case TK::Bang:
    if (!qself.valid()) {
      bump();
      MacroCallPat p;
      p.mac.path = path;
      macArgs(p.mac);
      return ast_.addPat(since(lo), p);
    }
    break;
  case TK::DotDot:
  case TK::DotDotEq:
  case TK::DotDotDot:
    return patRange(lo, add(lo, PathExpr{qself, path}), allowRange);
  case TK::OpenDelim:
    if (tok_->delim() == Delim::Brace)
      return structPat(lo, qself, path);
    if (tok_->delim() == Delim::Paren) {
      List<PatId> elems = patList(Delim::Paren);
      return ast_.addPat(since(lo), TupleStructPat{qself, path, elems});
    }
    break;
  default:
    break;
  }
  return ast_.addPat(since(lo), PathPat{qself, path});
}

PatId Parser::patLit(Span lo, bool allowRange) {
  ExprId value;
  if (isFragment(*tok_, FragmentKind::Expr) || isFragment(*tok_, FragmentKind::Expr2021) ||
      isFragment(*tok_, FragmentKind::Literal))
    value = fragmentExpr();
  else if (canBeginLiteralMaybeMinus(tok_))
    value = parseLiteralMaybeMinus();
  if (!value) {
    unexpected("pattern");
    return errPat(lo);
  }
  if (endsPatRange(*tok_))
    return patRange(lo, value, allowRange);
  return ast_.addPat(since(lo), LitPat{value});
}

ExprId Parser::patRangeEnd() {
  Span lo = tok_->span;
  if (isInlineConst(0))
    return constPat(lo);
  if (isFragment(*tok_, FragmentKind::Expr) || isFragment(*tok_, FragmentKind::Expr2021) ||
      isFragment(*tok_, FragmentKind::Literal))
    return fragmentExpr();
  if (isPathStart(*tok_) && !tok_->isKeyword(sym::kw_true) && !tok_->isKeyword(sym::kw_false)) {
    PathExpr p;
    p.path = parseQPath(PathStyle::Pat, p.qself);
    return add(lo, p);
  }
  return parseLiteralMaybeMinus();
}

// At `..`, `..=` or `...`; `begin` may be none.
PatId Parser::patRange(Span lo, ExprId begin, bool allowRange) {
  RangePat p;
  p.lo = begin;
  p.end = check(TK::DotDot) ? RangeEnd::Excluded : check(TK::DotDotEq) ? RangeEnd::Included : RangeEnd::IncludedDotDotDot;
  Span op = tok_->span;
  bool hasEnd = isPatRangeEnd(1);
  bump();
  if (hasEnd) {
    p.hi = patRangeEnd();
  } else if (p.end != RangeEnd::Excluded && !failed_) {
    ++errors_;
    sess_.diag.error(op, "E0586", "inclusive range with no end").note("inclusive ranges must be bounded at the end (`..=b` or `a..=b`)");
    p.end = RangeEnd::Excluded;
  }
  if (!begin && p.end == RangeEnd::IncludedDotDotDot && !failed_) {
    ++errors_;
    sess_.diag.error(op, "range-to patterns with `...` are not allowed").suggest(op, "use `..=` instead", "..=");
  }
  PatId out = ast_.addPat(since(lo), p);
  if (!allowRange && hasEnd && !failed_) {
    ++errors_;
    sess_.diag.error(since(lo), "the range pattern here has ambiguous interpretation");
  }
  return out;
}

List<PatId> Parser::patList(Delim d, bool *trailingComma) {
  Group g;
  openGroup(d, g);
  llvm::SmallVector<PatId, 8> elems;
  while (more(g)) {
    Attrs attrs;
    outerAttrs(attrs);
    rejectAttrs(attrs, "attributes are not allowed on patterns");
    elems.push_back(patTopAlt(d == Delim::Paren));
    if (trailingComma)
      *trailingComma = check(TK::Comma);
    if (!commaOrEnd(g))
      break;
  }
  closeGroup(g);
  return ast_.addList<PatId>(elems);
}

PatId Parser::patTuple(Span lo) {
  bool trailingComma = false;
  List<PatId> elems = patList(Delim::Paren, &trailingComma);
  llvm::ArrayRef<PatId> list = ast_.list(elems);
  if (list.size() == 1 && !trailingComma && ast_.pats[list[0]].kind != PatKind::Rest)
    return ast_.addPat(since(lo), ParenPat{list[0]});
  return ast_.addPat(since(lo), TuplePat{elems});
}

PatId Parser::structPat(Span lo, QSelf qself, PathId path) {
  Group g;
  openGroup(Delim::Brace, g);
  StructPat p;
  p.qself = qself;
  p.path = path;
  llvm::SmallVector<PatField, 8> fields;
  while (more(g)) {
    Attrs attrs;
    outerAttrs(attrs);
    if (check(TK::DotDot)) {
      if (attrs.any) {
        unexpected("identifier");
        break;
      }
      bump();
      p.hasRest = true;
      if (more(g))
        fail(tok_->span, "", "expected `}`, found " + describe(*tok_), "`..` must be at the end and cannot have a trailing comma");
      break;
    }
    PatField f;
    if (!patField(f))
      break;
    f.attrs = finish(attrs);
    if (attrs.keep)
      fields.push_back(f);
    if (!commaOrEnd(g))
      break;
  }
  closeGroup(g);
  p.fields = ast_.addList<PatField>(fields);
  return ast_.addPat(since(lo), p);
}

bool Parser::patField(PatField &out) {
  Span lo = tok_->span;
  if (peek(1).is(TK::Colon)) {
    if (tok_->kind == TK::Literal && tok_->lit() == lex::LitKind::Integer) {
      out.ident = {tok_->sym, tok_->span};
      bump();
    } else {
      out.ident = parseIdent();
    }
    bump();
    out.pat = patTopAlt(false);
  } else {
    bool isBox = eatKeyword(sym::kw_box);
    bool isMut = eatKeyword(sym::kw_mut);
    bool byRef = eatKeyword(sym::kw_ref);
    Mutability refMut = byRef ? eatMut() : Mutability::Not;
    IdentPat p;
    p.byRef = byRef;
    p.refMut = refMut;
    p.isMut = isMut;
    p.ident = parseIdent();
    out.ident = p.ident;
    out.shorthand = true;
    out.pat = ast_.addPat(since(lo), p);
    if (isBox)
      out.pat = ast_.addPat(since(lo), BoxPat{out.pat});
  }
  out.span = since(lo);
  return !failed_;
}

} // namespace ferric::parse
