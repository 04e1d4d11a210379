// Types (Reference: "Types"). `A + B` is taken as bounds only where the grammar allows a type with bounds.
#include "parse/scope.h"

namespace ferric::parse {

TypeId Parser::parseType() { return type(true); }
TypeId Parser::parseTypeNoBounds() { return type(false); }

TypeId Parser::type(bool allowPlus) {
  Depth depth(*this);
  if (isFragment(*tok_, FragmentKind::Ty))
    return inGroup([&] { return type(true); });
  if (tok_->kind == TK::Pound) {
    Attrs attrs;
    outerAttrs(attrs);
    ++errors_;
    sess_.diag.error(attrs.lo, "attributes cannot be applied to types");
  }
  Span lo = tok_->span;
  TypeId ty = typeInner(allowPlus, lo);
  if (failed_)
    return ty;
  const Type &node = ast_.types[ty];
  bool several = (node.kind == TypeKind::ImplTrait && ast_.get<ImplTraitType>(ty).bounds.len > 1) ||
                 (node.kind == TypeKind::TraitObject && ast_.get<TraitObjectType>(ty).bounds.len > 1);
  if (!allowPlus && several) {
    ++errors_;
    sess_.diag.error(node.span, "ambiguous `+` in a type")
        .suggest(node.span, "use parentheses to disambiguate", ("(" + sess_.sources.text(node.span) + ")").str());
  }
  if (allowPlus && checkSplit(TK::Plus)) { // `&'a Foo + 'a`
    eatSplit(TK::Plus);
    parseBounds();
    ++errors_;
    sess_.diag.error(since(lo), "E0178", "expected a path on the left-hand side of `+`").label(since(lo), "expected a path");
  }
  return ty;
}

TypeId Parser::typeInner(bool allowPlus, Span lo) {
  using namespace sym;
  switch (tok_->kind) {
  case TK::OpenDelim:
    if (tok_->delim() == Delim::Paren)
      return tupleOrParenType(allowPlus, lo);
    if (tok_->delim() == Delim::Bracket && !(keywordAhead(1, kw_const) && peek(2).isClose(Delim::Bracket))) {
      Group g;
      openGroup(Delim::Bracket, g);
      TypeId elem = parseType();
      if (eat(TK::Semi)) {
        ExprId len = parseExpr();
        closeGroup(g);
        return ast_.addType(since(lo), ArrayType{elem, {len}});
      }
      closeGroup(g);
      return ast_.addType(since(lo), SliceType{elem});
    }
    break;
  case TK::Bang:
    bump();
    return ast_.addType(since(lo), NeverType{});
  case TK::Star: {
    bump();
    Mutability m = Mutability::Not;
    if (eatKeyword(kw_mut))
      m = Mutability::Mut;
    else if (!eatKeyword(kw_const))
      unexpected("`mut` or `const` keyword in raw pointer type");
    TypeId pointee = parseTypeNoBounds();
    return ast_.addType(since(lo), PtrType{m, pointee});
  }
  case TK::And:
  case TK::AndAnd:
    return refType(lo);
  case TK::Lt:
  case TK::Shl: {
    PathType t;
    t.path = parseQPath(PathStyle::Type, t.qself);
    return ast_.addType(since(lo), t);
  }
  case TK::DotDotDot:
    bump();
    return ast_.addType(since(lo), CVarArgsType{});
  default:
    break;
  }
  if (isBuiltin())
    return builtinType(lo);
  if (eatKeyword(underscore))
    return ast_.addType(since(lo), InferType{});
  if (isFnFrontMatter(false))
    return fnPtrType({}, lo);
  if (tok_->isKeyword(kw_for)) {
    List<GenericParam> lifetimes = forBinder();
    if (isFnFrontMatter(false))
      return fnPtrType(lifetimes, lo);
    GenericBound b;
    b.kind = BoundKind::Trait;
    b.forLifetimes = lifetimes;
    b.path = parsePath(PathStyle::Type);
    b.span = since(lo);
    return boundsFrom(lo, b, allowPlus);
  }
  if (eatKeyword(kw_impl)) {
    List<GenericBound> bounds = parseBounds();
    return ast_.addType(since(lo), ImplTraitType{bounds});
  }
  if (tok_->isKeyword(kw_dyn)) {
    const Token &next = peek(1);
    bool bound2015 = (next.is(TK::Ident) && (isPathStart(next) || next.isKeyword(kw_for))) || next.is(TK::Lifetime) ||
                     next.is(TK::Question) || next.isOpen(Delim::Paren) || isFragment(next, FragmentKind::Path);
    if (editionAt(tok_->span) >= 2018 || bound2015) {
      bump();
      List<GenericBound> bounds = parseBounds();
      return ast_.addType(since(lo), TraitObjectType{bounds, true});
    }
  }
  if (tok_->isKeyword(kw_unsafe) && peek(1).is(TK::Lt)) {
    bump();
    expectSplit(TK::Lt);
    UnsafeBinderType t;
    t.forLifetimes = genericParams();
    expectSplit(TK::Gt);
    t.inner = parseType();
    return ast_.addType(since(lo), t);
  }
  if (isPathStart(*tok_))
    return pathType(allowPlus, lo);
  if (canBeginBound()) {
    if (check(TK::Lifetime) && !peek(1).is(TK::Plus) && !peek(1).is(TK::PlusEq)) {
      ++errors_;
      sess_.diag.error(lo, "expected type, found lifetime");
    }
    GenericBound first;
    bound(first);
    return boundsFrom(lo, first, allowPlus);
  }
  unexpected("type");
  return errType(lo);
}

// A path, a macro call, or a bare trait object (`A + B`, edition 2015/2018).
TypeId Parser::pathType(bool allowPlus, Span lo) {
  PathId path = parsePath(PathStyle::Type);
  if (check(TK::Bang)) {
    bump();
    MacroCallType t;
    t.mac.path = path;
    macArgs(t.mac);
    return ast_.addType(since(lo), t);
  }
  if (allowPlus && checkSplit(TK::Plus)) {
    GenericBound b;
    b.kind = BoundKind::Trait;
    b.path = path;
    b.span = since(lo);
    return boundsFrom(lo, b, true);
  }
  return ast_.addType(since(lo), PathType{{}, path});
}

// A trait object without `dyn` whose first bound is known.
TypeId Parser::boundsFrom(Span lo, GenericBound first, bool more) {
  llvm::SmallVector<GenericBound, 2> all{first};
  if (more && eatSplit(TK::Plus))
    while (!failed_ && canBeginBound()) {
      GenericBound b;
      if (!bound(b))
        break;
      all.push_back(b);
      if (!eatSplit(TK::Plus))
        break;
    }
  List<GenericBound> list = ast_.addList<GenericBound>(all);
  return ast_.addType(since(lo), TraitObjectType{list, false});
}

TypeId Parser::tupleOrParenType(bool allowPlus, Span lo) {
  Group g;
  openGroup(Delim::Paren, g);
  llvm::SmallVector<TypeId, 8> elems;
  bool trailingComma = false;
  while (more(g)) {
    elems.push_back(parseType());
    trailingComma = check(TK::Comma);
    if (!commaOrEnd(g))
      break;
  }
  closeGroup(g);
  if (elems.size() != 1 || trailingComma) {
    List<TypeId> list = ast_.addList<TypeId>(elems);
    return ast_.addType(since(lo), TupleType{list});
  }
  if (allowPlus && checkSplit(TK::Plus)) { // `(Trait) + Send`
    const Type &inner = ast_.types[elems[0]];
    if (inner.kind == TypeKind::Path && !ast_.get<PathType>(elems[0]).qself.valid()) {
      GenericBound b;
      b.kind = BoundKind::Trait;
      b.parens = true;
      b.path = ast_.get<PathType>(elems[0]).path;
      b.span = since(lo);
      return boundsFrom(lo, b, true);
    }
    if (inner.kind == TypeKind::TraitObject) {
      const TraitObjectType &object = ast_.get<TraitObjectType>(elems[0]);
      if (!object.hasDyn && object.bounds.len == 1) {
        GenericBound b = ast_.list(object.bounds)[0];
        b.parens = true;
        return boundsFrom(lo, b, true);
      }
    }
  }
  return ast_.addType(since(lo), ParenType{elems[0]});
}

TypeId Parser::refType(Span lo) {
  eatSplit(TK::And);
  RefType t;
  if (check(TK::Lifetime))
    t.lifetime = parseLifetime();
  if (tok_->isKeyword(sym::pin) && (keywordAhead(1, sym::kw_const) || keywordAhead(1, sym::kw_mut))) {
    bump();
    t.pinned = true;
    t.mut = tok_->isKeyword(sym::kw_mut) ? Mutability::Mut : Mutability::Not;
    bump();
  } else {
    t.mut = eatMut();
  }
  t.referent = parseTypeNoBounds();
  return ast_.addType(since(lo), t);
}

TypeId Parser::fnPtrType(List<GenericParam> lifetimes, Span lo) {
  BareFnType t;
  t.forLifetimes = lifetimes;
  t.header = fnFrontMatter();
  if (t.header.constness != Constness::No || t.header.coroutine == CoroutineKind::Async) {
    ++errors_;
    sess_.diag.error(t.header.span, llvm::Twine("an `fn` pointer type cannot be `") +
                                        (t.header.constness != Constness::No ? "const`" : "async`"));
  }
  if (genericsOverQPath(0)) { // `fn<'a>(&'a u8)`
    Span at = tok_->span;
    parseGenerics();
    ++errors_;
    sess_.diag.error(since(at), "function pointer types may not have generic parameters");
  }
  t.decl = fnDecl(ParamMode::Optional, /*plusInOutput=*/false);
  return ast_.addType(since(lo), t);
}

// builtin # pattern_type(base is pattern), builtin # field_of(type, field): made by built-in macros only.
TypeId Parser::builtinType(Span lo) {
  bump();
  bump();
  Ident name = parseIdent();
  Group g;
  if (!openGroup(Delim::Paren, g))
    return errType(lo);
  TypeId ty = parseType();
  if (name.name == sym::pattern_type) {
    expectKeyword(sym::is_);
    PatTypeType t{ty, {}};
    Span at = tok_->span;
    if (check(TK::Bang) && peek(1).isKeyword(sym::null)) {
      bump();
      bump();
      t.pat = ast_.addPat(since(at), NeverPat{});
      ast_.pats[t.pat].flags = 1;
    } else {
      t.pat = patTopAlt(false);
    }
    closeGroup(g);
    return ast_.addType(since(lo), t);
  }
  if (name.name != sym::field_of && !failed_)
    fail(name.span, "", "unknown `builtin #` construct `" + sess_.str(name) + "`");
  llvm::SmallVector<Ident, 4> fields;
  while (more(g) && (eat(TK::Comma) || eat(TK::Dot))) {
    if (!more(g))
      break;
    fields.push_back(tok_->ident());
    bump();
  }
  closeGroup(g);
  List<Ident> list = ast_.addList<Ident>(fields);
  return ast_.addType(since(lo), FieldOfType{ty, list});
}

} // namespace ferric::parse
