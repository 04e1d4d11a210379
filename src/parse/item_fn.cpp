// Functions: qualifiers, parameters, bodies (Reference: "Functions", "Associated functions and methods").
#include "parse/item_head.h"

namespace ferric::parse {

Safety Parser::eatSafety() {
  if (eatKeyword(sym::kw_unsafe))
    return Safety::Unsafe;
  return eatKeyword(sym::kw_safe) ? Safety::Safe : Safety::Default;
}

// A string literal n trees ahead: the ABI behind `extern`.
bool Parser::isAbi(uint32_t n) const {
  const Token *t = &peekTree(n);
  while (isFragment(*t, FragmentKind::Literal) || isFragment(*t, FragmentKind::Expr) || isFragment(*t, FragmentKind::Expr2021))
    ++t;
  return t->is(TK::Literal);
}

bool Parser::eatExtern(ExternKind &ext, Literal &abi) {
  if (!eatKeyword(sym::kw_extern))
    return false;
  ext = ExternKind::Implicit;
  if (isAbi(0)) {
    ext = ExternKind::Explicit;
    abi = parseLiteral();
  }
  return true;
}

static bool isQualifier(const Token &t, bool withPub) {
  using namespace sym;
  if (t.kind != TokenKind::Ident || t.isRaw())
    return false;
  return t.sym == kw_const || t.sym == kw_async || t.sym == kw_unsafe || t.sym == kw_extern || t.sym == kw_gen || t.sym == kw_safe ||
         (withPub && t.sym == kw_pub);
}

// `fn`, a qualifier and `fn`, or two qualifiers; not `unsafe extern {`, `async gen {`, `const unsafe trait`.
bool Parser::isFnFrontMatter(bool checkPub) const {
  using namespace sym;
  if (tok_->kind != TK::Ident || tok_->isRaw())
    return false;
  if (tok_->sym == kw_fn)
    return true;
  if (!isQualifier(*tok_, checkPub))
    return false;
  const Token &next = peek(1);
  if (next.isKeyword(kw_fn))
    return true;
  if (isQualifier(next, checkPub) && isReserved(next) && !isUnsafeForeignMod() &&
      !(tok_->sym == kw_async && isGenBlock(kw_gen, 1)) && !keywordAhead(2, kw_auto) && !keywordAhead(2, kw_trait) &&
      !keywordAhead(2, kw_impl))
    return !isGenBlock(kw_async, 1); // `const async {` and the like are closures' and blocks'
  return tok_->sym == kw_extern && isAbi(1) && (peekTree(2).isKeyword(kw_fn) || (isQualifier(peekTree(2), false) && peekTree(3).isKeyword(kw_fn)));
}

// Qualifiers and `fn`.
FnHeader Parser::fnFrontMatter() {
  FnHeader h;
  Span lo = tok_->span;
  if (eatKeyword(sym::kw_const))
    h.constness = Constness::Const;
  Span coroutineSpan = tok_->span;
  if (tok_->isKeyword(sym::kw_gen) && !isReserved(*tok_) && keywordAhead(1, sym::kw_fn)) {
    bump();
    h.coroutine = CoroutineKind::Gen;
  } else {
    h.coroutine = eatCoroutine();
  }
  if (h.coroutine == CoroutineKind::Async && editionAt(coroutineSpan) < 2018) {
    ++errors_;
    sess_.diag.error(coroutineSpan, "E0670", "`async fn` is not permitted in Rust 2015")
        .label(coroutineSpan, "to use `async fn`, switch to Rust 2018 or later")
        .help("pass `--edition 2024` to `rustc`");
  }
  h.safety = eatSafety();
  eatExtern(h.ext, h.abi);
  h.span = since(lo);
  if (!eatKeyword(sym::kw_fn))
    unexpected("`fn`");
  return h;
}

bool Parser::fnItem(ItemHead &h) {
  FnItem f;
  f.header = fnFrontMatter();
  h.ident = parseIdent();
  f.generics = parseGenerics();
  bool anonymous = h.ctx == ItemCtx::Trait && editionAt(h.ident.span) < 2018;
  f.decl = fnDecl(anonymous ? ParamMode::Trait2015 : ParamMode::Named, /*plusInOutput=*/true);
  whereClause(f.generics);
  if (failed_)
    return true;
  if (check(TK::Semi)) {
    bump();
  } else if (isBlockStart(*tok_)) {
    Attrs inner;
    f.body = block(&inner);
    h.attrs.ids.append(inner.ids.begin(), inner.ids.end());
    h.attrs.keep &= inner.keep;
  } else if (h.ctx == ItemCtx::Trait || h.ctx == ItemCtx::Foreign) {
    expectSemi();
  } else {
    unexpected(f.decl.output ? "`where`, `;`, or `{`" : "one of `->`, `where`, `;`, or `{`");
  }
  return finishItem(h, f);
}

// `(params) -> output`.
FnDecl Parser::fnDecl(ParamMode mode, bool plusInOutput) {
  FnDecl d;
  Group g;
  if (!tok_->isOpen(Delim::Paren) && !failed_) {
    ++errors_;
    sess_.diag.error(prevSpan_.shrinkToHi(), "missing parameters for function definition").suggest(prevSpan_.shrinkToHi(), "add a parameter list", "()");
    d.output = returnType(plusInOutput, &d.outputSpan);
    return d;
  }
  if (!openGroup(Delim::Paren, g))
    return d;
  llvm::SmallVector<Param, 8> params;
  bool first = true;
  while (more(g)) {
    Attrs attrs;
    outerAttrs(attrs);
    Param p;
    if (!param(mode, first, p, d))
      break;
    p.attrs = finish(attrs);
    if (attrs.keep) {
      params.push_back(p);
      first = false;
    }
    if (!commaOrEnd(g))
      break;
  }
  closeGroup(g);
  d.params = ast_.addList<Param>(params);
  d.output = returnType(plusInOutput, &d.outputSpan);
  return d;
}

TypeId Parser::returnType(bool allowPlus, Span *span) {
  if (!eat(TK::RArrow)) {
    if (span)
      *span = prevSpan_.shrinkToHi();
    return {};
  }
  TypeId t = type(allowPlus);
  if (span)
    *span = ast_.types[t].span;
  return t;
}

// `name: T` and not a type: decides for fn pointers and 2015 trait methods, where names are optional.
bool Parser::isNamedParam() const {
  if (isFragment(*tok_, FragmentKind::Pat) || isFragment(*tok_, FragmentKind::PatParam))
    return peekTree(1).is(TK::Colon);
  uint32_t n = check(TK::And) || check(TK::AndAnd) || tok_->isKeyword(sym::kw_mut) ? 1 : 0;
  return peek(n).is(TK::Ident) && peek(n + 1).is(TK::Colon);
}

// Whether a `:` follows before the parameter ends: then it is a pattern and a type where only a type is expected.
bool Parser::patternAhead() const {
  for (uint32_t i = index_; i < end_; ++i) {
    const Token &t = tokens_[i];
    if (t.is(TK::Colon))
      return true;
    if (t.is(TK::Comma) || t.is(TK::CloseDelim) || t.is(TK::Lt) || t.is(TK::Shl))
      return false;
    if (t.is(TK::OpenDelim))
      i += t.match();
  }
  return false;
}

// `fn f((a, b): T);` in a trait of edition 2015, `fn((a, b): T)`.
bool Parser::bodilessPattern(Param &out) {
  Span lo = tok_->span;
  out.pat = pat(true);
  if (!failed_) {
    ++errors_;
    sess_.diag.error(ast_.pats[out.pat].span, "E0642", "patterns aren't allowed in methods without bodies")
        .help("give this argument a name or use an underscore to ignore it instead of using a tuple pattern");
  }
  expect(TK::Colon);
  out.ty = parseType();
  out.span = since(lo);
  return !failed_;
}

bool Parser::param(ParamMode mode, bool first, Param &out, FnDecl &decl) {
  Span lo = tok_->span;
  if (selfParam(out)) {
    if (first)
      decl.hasSelf = true;
    else if (!failed_) {
      ++errors_;
      sess_.diag.error(out.span, "unexpected `self` parameter in function").label(out.span, "must be the first parameter of an associated function");
    }
    return !failed_;
  }
  bool named = !check(TK::DotDotDot) && (mode == ParamMode::Named || isNamedParam());
  if (named) {
    out.pat = pat(true);
    if (check(TK::Or) && !failed_) {
      Span at = lo;
      while (eat(TK::Or))
        pat(true);
      ++errors_;
      sess_.diag.error(since(at), "top-level or-patterns are not allowed in function parameters");
    }
    if (!check(TK::Colon))
      unexpected("one of `:`, `@`, or `|`");
    else
      bump();
    out.ty = parseType();
  } else {
    if (patternAhead())
      return bodilessPattern(out);
    out.ty = parseType();
    out.pat = ast_.addPat(ast_.types[out.ty].span.shrinkToLo(), MissingPat{});
  }
  if (!failed_ && ast_.types[out.ty].kind == TypeKind::CVarArgs)
    decl.cVariadic = true;
  out.span = since(lo);
  return !failed_;
}

// self, mut self, &self, &'a mut self, &pin const self, each with a type where allowed. False: no self parameter here.
bool Parser::selfParam(Param &out) {
  using namespace sym;
  auto isolatedSelf = [&](uint32_t n) { return keywordAhead(n, kw_self) && !peek(n + 1).is(TK::PathSep); };
  Span lo = tok_->span;
  IdentPat p;
  auto takeSelf = [&] {
    p.ident = tok_->ident();
    bump();
    out.pat = ast_.addPat(p.ident.span, p);
    out.span = since(lo);
  };
  if (check(TK::And)) {
    uint32_t n = peek(1).is(TK::Lifetime) ? 2 : 1;
    bool pinned = peek(n).isKeyword(pin) && (keywordAhead(n + 1, kw_mut) || keywordAhead(n + 1, kw_const)) && isolatedSelf(n + 2);
    if (!isolatedSelf(n) && !(keywordAhead(n, kw_mut) && isolatedSelf(n + 1)) && !pinned)
      return false;
    bump();
    RefType t;
    if (check(TK::Lifetime))
      t.lifetime = parseLifetime();
    if (pinned) {
      bump();
      t.pinned = true;
      t.mut = tok_->isKeyword(kw_mut) ? Mutability::Mut : Mutability::Not;
      bump();
    } else {
      t.mut = eatMut();
    }
    takeSelf();
    t.referent = ast_.addType(p.ident.span, ImplicitSelfType{});
    out.ty = ast_.addType(since(lo), t);
    return true;
  }
  if (check(TK::Star) && (isolatedSelf(1) || ((keywordAhead(1, kw_mut) || keywordAhead(1, kw_const)) && isolatedSelf(2)))) {
    ++errors_;
    sess_.diag.error(lo, "cannot pass `self` by raw pointer");
    bump();
    if (!tok_->isKeyword(kw_self))
      bump();
    takeSelf();
    out.ty = ast_.addType(p.ident.span, ImplicitSelfType{});
    return true;
  }
  if (tok_->isKeyword(kw_mut) && isolatedSelf(1)) {
    bump();
    p.isMut = true;
  } else if (!isolatedSelf(0)) {
    return false;
  }
  takeSelf();
  if (eat(TK::Colon))
    out.ty = parseType();
  else
    out.ty = ast_.addType(p.ident.span, ImplicitSelfType{});
  out.span = since(lo);
  return true;
}

} // namespace ferric::parse
