// Generic parameters, where clauses and bounds (Reference: "Generic parameters", "Trait and lifetime bounds").
#include "parse/scope.h"

namespace ferric::parse {

// `for<'a, ..>`, or nothing.
List<GenericParam> Parser::forBinder(bool *present) {
  if (present)
    *present = tok_->isKeyword(sym::kw_for);
  if (!eatKeyword(sym::kw_for))
    return {};
  expectSplit(TK::Lt);
  List<GenericParam> params = genericParams();
  expectSplit(TK::Gt);
  return params;
}

List<GenericBound> Parser::lifetimeBounds() {
  llvm::SmallVector<GenericBound, 4> out;
  while (check(TK::Lifetime)) {
    GenericBound b;
    b.kind = BoundKind::Outlives;
    b.span = tok_->span;
    b.lifetime = parseLifetime();
    out.push_back(b);
    if (!eatSplit(TK::Plus))
      break;
  }
  return ast_.addList<GenericBound>(out);
}

// Between `<` and `>`; neither is taken.
List<GenericParam> Parser::genericParams() {
  llvm::SmallVector<GenericParam, 4> out;
  while (!failed_ && !checkSplit(TK::Gt)) {
    Attrs attrs;
    outerAttrs(attrs);
    GenericParam p;
    Span lo = tok_->span;
    if (check(TK::Lifetime)) {
      p.kind = ParamKind::Lifetime;
      p.ident = parseLifetime().ident;
      if (eat(TK::Colon))
        p.bounds = lifetimeBounds();
    } else if (eatKeyword(sym::kw_const)) {
      p.kind = ParamKind::Const;
      p.ident = parseIdent();
      expect(TK::Colon);
      p.ty = parseType();
      if (eat(TK::Eq)) {
        Span at = tok_->span;
        bool plain = canBeginConstArg(*tok_) || isIdent(*tok_) || isInlineConst(0);
        p.defaultConst = {isInlineConst(0) ? constBlock(at) : canBeginConstArg(*tok_) ? constArg() : pathExpr()};
        bool single = plain && (ast_.exprs[p.defaultConst.value].kind != ExprKind::Path ||
                                ast_.paths[ast_.get<PathExpr>(p.defaultConst.value).path].segments.len == 1);
        if (!single && !failed_) {
          ++errors_;
          sess_.diag.error(since(at), "expressions must be enclosed in braces to be used as const generic arguments");
        }
      }
    } else if (isIdent(*tok_)) {
      p.kind = ParamKind::Type;
      p.ident = parseIdent();
      if (eat(TK::Colon))
        p.bounds = parseBounds();
      if (eat(TK::Eq))
        p.ty = parseType();
    } else {
      if (attrs.any)
        fail(attrs.lo, "", "trailing attribute after generic parameter");
      break;
    }
    p.attrs = finish(attrs);
    p.span = since(lo);
    if (attrs.keep)
      out.push_back(p);
    if (!eat(TK::Comma))
      break;
  }
  return ast_.addList<GenericParam>(out);
}

Generics Parser::parseGenerics() {
  Generics g;
  Span lo = tok_->span;
  g.span = prevSpan_.shrinkToHi();
  if (!checkSplit(TK::Lt) || check(TK::Le))
    return g;
  Depth depth(*this);
  eatSplit(TK::Lt);
  g.params = genericParams();
  if (!failed_ && !checkSplit(TK::Gt))
    unexpected("one of `,`, `:`, `=`, or `>`");
  expectSplit(TK::Gt);
  g.span = since(lo);
  return g;
}

// `where ..` or nothing. A second clause (before and after `= T` of a type alias) is added to the first.
void Parser::whereClause(Generics &g) {
  if (!tok_->isKeyword(sym::kw_where))
    return;
  Span lo = tok_->span;
  bump();
  llvm::SmallVector<WherePredicate, 4> out(ast_.list(g.where).begin(), ast_.list(g.where).end());
  for (;;) {
    Attrs attrs;
    outerAttrs(attrs);
    WherePredicate p;
    if (!wherePredicate(p)) {
      if (attrs.any)
        rejectAttrs(attrs, "expected where predicate after outer attribute");
      break;
    }
    p.attrs = finish(attrs);
    if (attrs.keep)
      out.push_back(p);
    if (!eat(TK::Comma))
      break;
  }
  g.where = ast_.addList<WherePredicate>(out);
  g.hasWhere = true;
  g.whereSpan = since(lo);
}

bool Parser::wherePredicate(WherePredicate &out) {
  Span lo = tok_->span;
  if (check(TK::Lifetime) && !peek(1).is(TK::Plus)) {
    out.kind = WhereKind::Region;
    out.lifetime = parseLifetime();
    expect(TK::Colon);
    out.bounds = lifetimeBounds();
  } else if (canBeginType(*tok_) || isBuiltin()) {
    out.forLifetimes = forBinder();
    out.bounded = parseTypeNoBounds();
    if (eat(TK::Colon)) {
      out.kind = WhereKind::Bound;
      out.bounds = parseBounds();
    } else if (eat(TK::Eq) || eat(TK::EqEq)) {
      out.kind = WhereKind::Eq;
      out.rhs = parseType();
    } else {
      unexpected("one of `:`, `==`, or `=`");
    }
  } else {
    return false;
  }
  out.span = since(lo);
  return !failed_;
}

List<GenericBound> Parser::parseBounds() {
  llvm::SmallVector<GenericBound, 4> out;
  while (!failed_ && canBeginBound()) {
    GenericBound b;
    if (!bound(b))
      break;
    out.push_back(b);
    if (!eatSplit(TK::Plus))
      break;
  }
  if (!failed_ && tok_->isKeyword(sym::kw_dyn) && editionAt(tok_->span) >= 2018)
    fail(tok_->span, "", "invalid `dyn` keyword", "`dyn` is only needed at the start of a trait `+`-separated list");
  return ast_.addList<GenericBound>(out);
}

bool Parser::bound(GenericBound &out) {
  Depth depth(*this);
  Span lo = tok_->span;
  Group g{0};
  if (tok_->isOpen(Delim::Paren)) {
    openGroup(Delim::Paren, g);
    out.parens = true;
  }
  if (check(TK::Lifetime)) {
    out.kind = BoundKind::Outlives;
    out.lifetime = parseLifetime();
    if (out.parens) {
      ++errors_;
      sess_.diag.error(lo, "lifetime bounds may not be parenthesized");
    }
  } else if (eatKeyword(sym::kw_use)) {
    out.kind = BoundKind::Use;
    out.uses = preciseArgs();
  } else {
    out.kind = BoundKind::Trait;
    traitBound(out, lo);
  }
  if (out.parens)
    closeGroup(g);
  out.span = since(lo);
  return !failed_;
}

// `use<'a, T>` (RFC 3617).
List<PreciseArg> Parser::preciseArgs() {
  expectSplit(TK::Lt);
  llvm::SmallVector<PreciseArg, 4> args;
  while (!failed_ && !checkSplit(TK::Gt)) {
    PreciseArg a;
    if (check(TK::Lifetime))
      a.lifetime = parseLifetime();
    else
      a.path = parsePath(PathStyle::Mod);
    args.push_back(a);
    if (!eat(TK::Comma))
      break;
  }
  expectSplit(TK::Gt);
  return ast_.addList<PreciseArg>(args);
}

// `[const]`, `~const`, `const` or nothing.
Constness Parser::boundConstness() {
  if (eat(TK::Tilde)) {
    expectKeyword(sym::kw_const);
    return Constness::Maybe;
  }
  if (tok_->isOpen(Delim::Bracket) && keywordAhead(1, sym::kw_const) && peek(2).isClose(Delim::Bracket)) {
    bumpTree();
    return Constness::Maybe;
  }
  return eatKeyword(sym::kw_const) ? Constness::Const : Constness::No;
}

void Parser::traitBound(GenericBound &out, Span lo) {
  bool binder = false;
  out.forLifetimes = forBinder(&binder);
  out.constness = boundConstness();
  if (tok_->isKeyword(sym::kw_async) && editionAt(tok_->span) >= 2018) {
    bump();
    out.isAsync = true;
  }
  if (eat(TK::Question))
    out.polarity = BoundPolarity::Maybe;
  else if (eat(TK::Bang))
    out.polarity = BoundPolarity::Negative;
  if (out.polarity != BoundPolarity::Positive && binder) {
    ++errors_;
    sess_.diag.error(since(lo), llvm::Twine("`for<...>` binder not allowed with `") + (out.polarity == BoundPolarity::Maybe ? "?" : "!") + "` trait polarity modifier");
  }
  if (tok_->isKeyword(sym::kw_for)) {
    ++errors_;
    sess_.diag.error(tok_->span, "`for<...>` binder should be placed before trait bound modifiers");
    out.forLifetimes = forBinder();
  }
  if (!isPathStart(*tok_) && !isFragment(*tok_, FragmentKind::Ty) && canBeginType(*tok_)) {
    Span at = tok_->span;
    parseTypeNoBounds();
    if (!failed_)
      fail(since(at), "", "expected a trait, found type");
    return;
  }
  out.path = parsePath(PathStyle::Type);
}

} // namespace ferric::parse
