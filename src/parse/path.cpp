// Paths and generic arguments (Reference: "Paths").
#include "parse/scope.h"

namespace ferric::parse {

PathId Parser::addPath(Span span, llvm::ArrayRef<PathSegment> segments, bool global) {
  return ast_.paths.add({span, ast_.addList(segments), global});
}

Ident Parser::segmentIdent() {
  if (tok_->kind == TK::Ident && !tok_->isRaw() && isPathSegmentKeyword(tok_->sym)) {
    Ident id = tok_->ident();
    bump();
    return id;
  }
  return parseIdent();
}

// A reserved word in place of an identifier is reported and taken as one.
Ident Parser::parseIdent() {
  if (tok_->kind == TK::Ident) {
    Ident id = tok_->ident();
    if (isReserved(*tok_)) {
      ++errors_;
      diag::Builder b = sess_.diag.error(tok_->span, "expected identifier, found " + describe(*tok_));
      b.label(tok_->span, "expected identifier, found " + describe(*tok_));
      if (!isPathSegmentKeyword(id.name) && id.name != sym::underscore)
        b.suggest(tok_->span.shrinkToLo(), ("escape `" + sess_.str(id) + "` to use it as an identifier").str(), "r#");
    }
    bump();
    return id;
  }
  unexpected("identifier");
  return {sym::empty, tok_->span};
}

static bool beginsArgs(const Token &t) {
  return t.is(TokenKind::Lt) || t.is(TokenKind::Shl) || t.isOpen(Delim::Paren) || t.is(TokenKind::LArrow);
}

// One segment with its generic arguments. In types `<` and `(` begin arguments; in expressions and patterns `::` must precede.
bool Parser::segment(PathStyle style, PathSegment &out) {
  out.ident = segmentIdent();
  if (failed_)
    return false;
  if (style == PathStyle::Mod)
    return true;
  if (style == PathStyle::Type && beginsArgs(*tok_)) {
    out.args = parseGenericArgs();
  } else if (check(TK::PathSep) && beginsArgs(peek(1))) {
    bump();
    out.args = parseGenericArgs();
  }
  return !failed_;
}

bool Parser::segments(PathStyle style, llvm::SmallVectorImpl<PathSegment> &out) {
  for (;;) {
    PathSegment s;
    if (!segment(style, s))
      return false;
    out.push_back(s);
    if (!check(TK::PathSep))
      return true;
    const Token &next = peek(1);
    if (next.is(TK::Star) || next.isOpen(Delim::Brace)) // `use a::*`, `use a::{..}`
      return true;
    bump();
  }
}

PathId Parser::parsePath(PathStyle style) {
  if (isFragment(*tok_, FragmentKind::Path))
    return inGroup([&] { return parsePath(PathStyle::Type); });
  if (isFragment(*tok_, FragmentKind::Meta))
    return inGroup([&] { return parsePath(PathStyle::Mod); });
  if (isFragment(*tok_, FragmentKind::Ty))
    return inGroup([&] { return parsePath(PathStyle::Type); });
  Span lo = tok_->span;
  llvm::SmallVector<PathSegment, 4> segs;
  bool global = eat(TK::PathSep);
  if (global)
    segs.push_back({{sym::path_root, lo.shrinkToLo()}, {}});
  segments(style, segs);
  return addPath(since(lo), segs, global);
}

PathId Parser::parseQPath(PathStyle style, QSelf &qself) {
  Span lo = tok_->span;
  if (!checkSplit(TK::Lt) || check(TK::Le) || check(TK::LArrow))
    return parsePath(style);
  eatSplit(TK::Lt);
  return qpathAfterLt(style, qself, lo);
}

// Behind `<`: `T as Trait>::x` or `T>::x` (Reference: "Qualified paths").
PathId Parser::qpathAfterLt(PathStyle style, QSelf &qself, Span lo) {
  Depth depth(*this);
  qself.ty = parseType();
  llvm::SmallVector<PathSegment, 4> segs;
  bool global = false;
  if (eatKeyword(sym::kw_as)) {
    PathId trait = parsePath(PathStyle::Type);
    llvm::append_range(segs, ast_.list(ast_.paths[trait].segments));
    global = ast_.paths[trait].isGlobal;
    qself.pathSpan = ast_.paths[trait].span;
  } else {
    qself.pathSpan = tok_->span.shrinkToLo();
  }
  qself.position = uint32_t(segs.size());
  expectSplit(TK::Gt);
  expect(TK::PathSep);
  if (!failed_)
    segments(style, segs);
  return addPath(since(lo), segs, global);
}

// At `<` or `(`.
GenericArgsId Parser::parseGenericArgs() {
  Depth depth(*this);
  Span lo = tok_->span;
  GenericArgs out;
  if (tok_->isOpen(Delim::Paren)) {
    if (peek(1).is(TK::DotDot) && peek(2).isClose(Delim::Paren)) { // return type notation, RFC 3654
      bumpTree();
      out.kind = GenericArgsKind::ReturnType;
      out.span = since(lo);
      return ast_.genericArgs.add(out);
    }
    out.kind = GenericArgsKind::Parenthesized;
    Group g;
    openGroup(Delim::Paren, g);
    llvm::SmallVector<TypeId, 8> inputs;
    while (more(g)) {
      inputs.push_back(parseType());
      if (!commaOrEnd(g))
        break;
    }
    closeGroup(g);
    out.inputs = ast_.addList<TypeId>(inputs);
    out.output = returnType(/*allowPlus=*/false);
    out.span = since(lo);
    return ast_.genericArgs.add(out);
  }
  out.kind = GenericArgsKind::AngleBracketed;
  expectSplit(TK::Lt);
  llvm::SmallVector<GenericArg, 4> args;
  while (!failed_ && !checkSplit(TK::Gt)) {
    GenericArg a;
    if (!angleArg(a))
      break;
    args.push_back(a);
    if (!eat(TK::Comma))
      break;
  }
  if (!failed_ && !checkSplit(TK::Gt))
    unexpected("one of `,` or `>`");
  expectSplit(TK::Gt);
  out.args = ast_.addList<GenericArg>(args);
  out.span = since(lo);
  return ast_.genericArgs.add(out);
}

// A generic argument, or a constraint on an associated item: `Item = T`, `Item: Bound`, `Item<'a> = T`.
bool Parser::angleArg(GenericArg &out) {
  Span lo = tok_->span;
  if (!genericArg(out))
    return false;
  if (out.kind != GenericArgKind::Type || (!check(TK::Eq) && !check(TK::Colon)))
    return true;
  // The name was parsed as a type: a path of one segment.
  if (ast_.types[out.ty].kind != TypeKind::Path)
    return unexpected("one of `,` or `>`"), false;
  const PathType &p = ast_.get<PathType>(out.ty);
  llvm::ArrayRef<PathSegment> segs = ast_.list(ast_.paths[p.path].segments);
  if (p.qself.valid() || segs.size() != 1)
    return unexpected("one of `,` or `>`"), false;
  GenericArg c;
  c.ident = segs[0].ident;
  c.assocArgs = segs[0].args;
  if (eat(TK::Colon)) {
    c.kind = GenericArgKind::Bound;
    c.bounds = parseBounds();
  } else {
    expect(TK::Eq);
    c.kind = GenericArgKind::Equality;
    GenericArg rhs;
    if (!genericArg(rhs))
      return false;
    if (rhs.kind == GenericArgKind::Lifetime)
      fail(rhs.span, "", "lifetimes are not permitted in this context");
    c.ty = rhs.ty;
    c.konst = rhs.konst;
  }
  c.span = since(lo);
  out = c;
  return !failed_;
}

bool Parser::genericArg(GenericArg &out) {
  Span lo = tok_->span;
  if (check(TK::Lifetime) && !peek(1).is(TK::Plus) && !peek(1).is(TK::PlusEq)) {
    out.kind = GenericArgKind::Lifetime;
    out.lifetime = parseLifetime();
  } else if (canBeginConstArg(*tok_)) {
    out.kind = GenericArgKind::Const;
    out.konst = {constArg()};
  } else if (isInlineConst(0)) {
    out.kind = GenericArgKind::Const;
    out.konst = {constBlock(lo)};
  } else if (canBeginType(*tok_) || isBuiltin()) {
    out.kind = GenericArgKind::Type;
    out.ty = parseType();
  } else {
    unexpected("generic argument");
    return false;
  }
  out.span = since(lo);
  return !failed_;
}

// A literal, `-literal`, a block, or a captured expression.
ExprId Parser::constArg() {
  if (tok_->isOpen(Delim::Brace)) {
    WithRes res(*this, 0);
    return blockExpr({}, tok_->span, false);
  }
  if (tok_->isOpen(Delim::Invisible))
    return fragmentExpr();
  return parseLiteralMaybeMinus();
}

Lifetime Parser::parseLifetime() {
  if (!check(TK::Lifetime)) {
    unexpected("lifetime");
    return {{sym::kw_underscore_lifetime, tok_->span}};
  }
  Lifetime l{tok_->ident()};
  if (!tok_->isRaw() && l.ident.name != sym::kw_static_lifetime && l.ident.name != sym::kw_underscore_lifetime &&
      sess_.str(l.ident.name).size() > 1) {
    Symbol bare = sess_.symbols.intern(sess_.str(l.ident.name).drop_front());
    if (bare.raw < sym::kCount && isReservedKeyword(bare, editionAt(tok_->span))) {
      ++errors_;
      sess_.diag.error(tok_->span, "lifetimes cannot use keyword names");
    }
  }
  bump();
  return l;
}

// pub, pub(crate), pub(self), pub(super), pub(in path), or nothing (Reference: "Visibility and privacy").
Visibility Parser::parseVisibility(bool followedByType) {
  if (isFragment(*tok_, FragmentKind::Vis))
    return inGroup([&] { return parseVisibility(true); });
  Visibility v;
  v.span = tok_->span.shrinkToLo();
  if (!tok_->isKeyword(sym::kw_pub))
    return v;
  Span lo = tok_->span;
  bump();
  v.kind = VisKind::Public;
  if (tok_->isOpen(Delim::Paren)) {
    const Token &a = peek(1);
    bool keyword = a.isKeyword(sym::kw_crate) || a.isKeyword(sym::kw_self) || a.isKeyword(sym::kw_super);
    bool in = a.isKeyword(sym::kw_in);
    if (in || (keyword && peek(2).isClose(Delim::Paren))) {
      Group g;
      openGroup(Delim::Paren, g);
      if (in)
        bump();
      v.kind = VisKind::Restricted;
      v.shorthand = !in;
      v.path = parsePath(PathStyle::Mod);
      closeGroup(g);
    } else if (!followedByType) {
      Group g;
      openGroup(Delim::Paren, g);
      Span at = tok_->span;
      parsePath(PathStyle::Mod);
      closeGroup(g);
      ++errors_;
      sess_.diag.error(at, "E0704", "incorrect visibility restriction")
          .help("some possible visibility restrictions are: `pub(crate)`, `pub(super)`, `pub(in path::to::module)`");
    }
  }
  v.span = since(lo);
  return v;
}

} // namespace ferric::parse
