// Primary expressions: literals, paths, struct literals, arrays, tuples, closures, jumps, captured fragments.
#include "parse/scope.h"

namespace ferric::parse {

// ---- literals ----

bool Parser::literal(Literal &out) {
  const Token &t = *tok_;
  if (t.kind == TK::Literal) {
    out.kind = t.lit();
    out.hashes = t.aux;
    out.sym = t.sym;
    out.suffix = t.suffix();
  } else if (t.isKeyword(sym::kw_true) || t.isKeyword(sym::kw_false)) {
    out.kind = lex::LitKind::Bool;
    out.sym = t.sym;
  } else if (isFragment(t, FragmentKind::Literal) || isFragment(t, FragmentKind::Expr) || isFragment(t, FragmentKind::Expr2021)) {
    return inGroup([&] { return literal(out); });
  } else {
    return false;
  }
  out.span = t.span;
  bump();
  return true;
}

Literal Parser::parseLiteral() {
  Literal out;
  out.kind = lex::LitKind::Err;
  out.sym = sym::empty;
  out.span = tok_->span;
  if (!literal(out))
    unexpected("literal");
  return out;
}

ExprId Parser::litExpr() {
  Span lo = tok_->span;
  LitExpr e;
  if (literal(e.lit))
    return add(lo, e);
  unexpected("expression");
  return errExpr(lo);
}

ExprId Parser::parseLiteralMaybeMinus() {
  if (isFragment(*tok_, FragmentKind::Literal) || isFragment(*tok_, FragmentKind::Expr) || isFragment(*tok_, FragmentKind::Expr2021))
    return fragmentExpr();
  Span lo = tok_->span;
  bool minus = eat(TK::Minus);
  Span litLo = tok_->span;
  LitExpr e;
  if (!literal(e.lit)) {
    unexpected("literal");
    return errExpr(lo);
  }
  ExprId lit = add(litLo, e);
  return minus ? add(lo, UnaryExpr{UnOp::Neg, lit}) : lit;
}

// A captured fragment that is an expression: one operand, whatever operators it holds.
ExprId Parser::fragmentExpr() {
  if (!tok_->isOpen(Delim::Invisible))
    return {};
  Span lo = tok_->span;
  switch (tok_->fragment()) {
  case FragmentKind::Expr:
  case FragmentKind::Expr2021:
    return inGroup([&] {
      WithRes res(*this, 0);
      Attrs attrs;
      outerAttrs(attrs);
      return assoc(0, attrs);
    });
  case FragmentKind::Literal:
    return inGroup([&] { return parseLiteralMaybeMinus(); });
  case FragmentKind::Block: {
    BlockId b = parseBlock();
    return add(lo, BlockExpr{b, {}});
  }
  case FragmentKind::Path: {
    PathExpr p;
    p.path = parsePath(PathStyle::Expr);
    return add(lo, p);
  }
  case FragmentKind::Stmt:
  case FragmentKind::Ty:
  default:
    return {};
  }
}

// ---- dispatch ----

static bool isClosureBar(const Token &t) { return t.is(TokenKind::Or) || t.is(TokenKind::OrOr); }

ExprId Parser::bottom() {
  if (ExprId fragment = fragmentExpr())
    return fragment;
  Span lo = tok_->span;
  uint8_t outer = res_;
  WithRes with(*this, res_ & ~kAllowLet);
  switch (tok_->kind) {
  case TK::Literal:
    return litExpr();
  case TK::OpenDelim:
    if (tok_->delim() == Delim::Paren)
      return parenExpr(outer);
    if (tok_->delim() == Delim::Brace)
      return blockExpr({}, lo, false);
    if (tok_->delim() == Delim::Bracket)
      return arrayExpr();
    if (isFragment(*tok_, FragmentKind::Ty)) // `$ty { .. }`, `$ty::CONST`
      return pathExpr();
    break;
  case TK::Or:
  case TK::OrOr:
    return closure();
  case TK::Lt:
  case TK::Shl:
  case TK::PathSep:
    return pathExpr();
  case TK::Lifetime:
    return labeledExpr();
  case TK::Ident:
    if (isBuiltin())
      return builtinExpr(lo);
    if (isPathStart(*tok_))
      return pathExpr();
    return keywordExpr(lo, outer);
  default:
    break;
  }
  unexpected("expression");
  return errExpr(lo);
}

bool Parser::isConstClosure() const {
  const Token &next = peek(1);
  return tok_->isKeyword(sym::kw_const) && (isClosureBar(next) || next.isKeyword(sym::kw_move) || next.isKeyword(sym::kw_static) ||
                                            next.isKeyword(sym::kw_async) || next.isKeyword(sym::kw_use));
}

bool Parser::isTryBlock() const {
  return tok_->isKeyword(sym::kw_try) && (isBlockStart(peek(1)) || peek(1).isKeyword(sym::bikeshed)) && editionAt(tok_->span) >= 2018;
}

bool Parser::isGenBlock(Symbol keyword, uint32_t n) const {
  if (!keywordAhead(n, keyword))
    return false;
  if (isBlockStart(peek(n + 1)))
    return true;
  return (keywordAhead(n + 1, sym::kw_move) || keywordAhead(n + 1, sym::kw_use)) && isBlockStart(peek(n + 2));
}

// At a reserved word. `outer`: the restrictions around, in which `let` may be allowed.
ExprId Parser::keywordExpr(Span lo, uint8_t outer) {
  using namespace sym;
  Symbol k = tok_->sym;
  if (k == kw_true || k == kw_false)
    return litExpr();
  if (k == kw_if)
    return bump(), ifExpr(lo);
  if (k == kw_match) {
    bump();
    ExprId scrutinee = exprRes(kNoStruct);
    return matchExpr(lo, scrutinee, false);
  }
  if (k == kw_move || k == kw_use || k == kw_static || isConstClosure())
    return closure();
  if (k == kw_for) {
    if (genericsOverQPath(1))
      return closure();
    bump();
    return forExpr({}, lo);
  }
  if (k == kw_while)
    return bump(), whileExpr({}, lo);
  if (k == kw_loop)
    return bump(), loopExpr({}, lo);
  if (k == kw_unsafe)
    return bump(), blockExpr({}, lo, true);
  if (isInlineConst(0))
    return constBlock(lo);
  if (isTryBlock())
    return bump(), tryBlock(lo);
  if (k == kw_let)
    return letExpr(lo, outer);
  if (k == underscore) {
    bump();
    return add(lo, UnderscoreExpr{});
  }
  if (editionAt(lo) >= 2018) {
    bool async = k == kw_async;
    if ((editionAt(lo) >= 2024 && isGenBlock(kw_gen, async ? 1 : 0)) || isGenBlock(kw_async, 0))
      return genBlock(lo);
    if (async || (k == kw_gen && isClosureBar(peek(1))))
      return closure();
  }
  return jumpExpr(lo);
}

// return, break, continue, become, yield, do yeet.
ExprId Parser::jumpExpr(Span lo) {
  using namespace sym;
  if (eatKeyword(kw_return)) {
    ExprId value = optExpr();
    return add(lo, RetExpr{value});
  }
  if (eatKeyword(kw_break)) {
    BreakExpr e;
    if (check(TK::Lifetime) && !peek(1).is(TK::Colon))
      e.label = {parseLifetime().ident};
    if (!(tok_->isOpen(Delim::Brace) && (res_ & kNoStruct)))
      e.value = optExpr();
    return add(lo, e);
  }
  if (eatKeyword(kw_continue)) {
    ContinueExpr e;
    if (check(TK::Lifetime))
      e.label = {parseLifetime().ident};
    return add(lo, e);
  }
  if (eatKeyword(kw_become)) {
    ExprId value = parseExpr();
    return add(lo, BecomeExpr{value});
  }
  if (eatKeyword(kw_yield)) {
    ExprId value = optExpr();
    return add(lo, YieldExpr{value, false});
  }
  if (tok_->isKeyword(kw_do) && keywordAhead(1, kw_yeet)) {
    bump();
    bump();
    ExprId value = optExpr();
    return add(lo, YeetExpr{value});
  }
  unexpected("expression");
  return errExpr(lo);
}

ExprId Parser::optExpr() { return canBeginExpr(*tok_) ? parseExpr() : ExprId(); }

// ---- paths and what begins with one ----

ExprId Parser::pathExpr() {
  Span lo = tok_->span;
  QSelf qself;
  PathId path = parseQPath(PathStyle::Expr, qself);
  if (check(TK::Bang) && !qself.valid() && !failed_) {
    bump();
    MacroCallExpr e;
    e.mac.path = path;
    macArgs(e.mac);
    return add(lo, e);
  }
  if (tok_->isOpen(Delim::Brace)) {
    if (!(res_ & kNoStruct))
      return structExpr(lo, qself, path);
    // `if x == Foo { a: 1 }`: surely meant as a struct literal, which may not stand here.
    const Token &b = peek(2);
    if (peek(1).is(TK::Ident) && (b.is(TK::Colon) || b.is(TK::Comma)) && peekTree(1).isOpen(Delim::Brace)) {
      Span at = lo;
      ExprId e = structExpr(lo, qself, path);
      ++errors_;
      sess_.diag.error(since(at), "struct literals are not allowed here").help("surround the struct literal with parentheses");
      return e;
    }
  }
  return add(lo, PathExpr{qself, path});
}

bool Parser::macArgs(MacCall &mac) {
  if (tok_->kind != TK::OpenDelim || tok_->delim() == Delim::Invisible) {
    unexpected("one of `(`, `[`, or `{`");
    return false;
  }
  mac.delim = tok_->delim();
  mac.args = {index_ + 1, tok_->match() - 1};
  mac.argsSpan = join(tok_->span, tokens_[closeIndex()].span);
  bumpTree();
  return true;
}

// At `{` (Reference: "Struct expressions").
ExprId Parser::structExpr(Span lo, QSelf qself, PathId path) {
  WithRes with(*this, 0);
  StructExpr e;
  e.qself = qself;
  e.path = path;
  Group g;
  openGroup(Delim::Brace, g);
  llvm::SmallVector<ExprField, 8> fields;
  while (more(g)) {
    Attrs attrs;
    outerAttrs(attrs);
    if (eat(TK::DotDot)) {
      e.rest = StructRest::Rest;
      if (more(g)) {
        e.rest = StructRest::Base;
        e.base = parseExpr();
        if (check(TK::Comma) && !failed_) {
          ++errors_;
          sess_.diag.error(tok_->span, "cannot use a comma after the base struct").note("the base struct must always be the last field");
          bump();
        }
      }
      if (!attrs.keep) {
        e.rest = StructRest::None;
        e.base = {};
      }
      break;
    }
    ExprField f;
    if (!exprField(f))
      break;
    f.attrs = finish(attrs);
    if (attrs.keep)
      fields.push_back(f);
    if (!commaOrEnd(g))
      break;
  }
  closeGroup(g);
  e.fields = ast_.addList<ExprField>(fields);
  return add(lo, e);
}

bool Parser::exprField(ExprField &out) {
  Span lo = tok_->span;
  bool named = peek(1).is(TK::Colon) || peek(1).is(TK::Eq);
  if (named && tok_->kind == TK::Literal && tok_->lit() == lex::LitKind::Integer) {
    out.ident = {tok_->sym, tok_->span};
    bump();
  } else {
    if (!named && isReserved(*tok_))
      unexpected("identifier");
    out.ident = parseIdent();
  }
  if (eat(TK::Colon)) {
    out.value = parseExpr();
  } else if (check(TK::Eq) && !failed_) {
    ++errors_;
    sess_.diag.error(tok_->span, "expected `:`, found `=`").suggest(tok_->span, "replace equals symbol with a colon", ":");
    bump();
    out.value = parseExpr();
  } else {
    out.shorthand = true;
    PathSegment s{out.ident, {}};
    PathId path = addPath(out.ident.span, s, false);
    out.value = ast_.addExpr(out.ident.span, PathExpr{{}, path});
  }
  out.span = since(lo);
  return !failed_;
}

// ---- groups ----

ExprId Parser::parenExpr(uint8_t outer) {
  Span lo = tok_->span;
  Group g;
  openGroup(Delim::Paren, g);
  llvm::SmallVector<ExprId, 8> elems;
  bool trailingComma = false, dropped = false;
  while (more(g)) {
    Attrs attrs;
    outerAttrs(attrs);
    ExprId e = exprRes(outer & kAllowLet, attrs);
    if (attrs.keep)
      elems.push_back(e);
    else
      dropped = true;
    trailingComma = check(TK::Comma);
    if (!commaOrEnd(g))
      break;
  }
  closeGroup(g);
  if (elems.size() == 1 && !trailingComma && !dropped)
    return add(lo, ParenExpr{elems[0]});
  List<ExprId> list = ast_.addList<ExprId>(elems);
  return add(lo, TupleExpr{list});
}

ExprId Parser::arrayExpr() {
  WithRes with(*this, 0);
  Span lo = tok_->span;
  Group g;
  openGroup(Delim::Bracket, g);
  llvm::SmallVector<ExprId, 8> elems;
  while (more(g)) {
    if (ExprId e = parseExprOpt())
      elems.push_back(e);
    if (check(TK::Semi) && elems.size() == 1) {
      bump();
      ExprId count = parseExpr();
      closeGroup(g);
      return add(lo, RepeatExpr{elems[0], {count}});
    }
    if (!commaOrEnd(g))
      break;
  }
  closeGroup(g);
  List<ExprId> list = ast_.addList<ExprId>(elems);
  return add(lo, ArrayExpr{list});
}

// ---- closures (Reference: "Closure expressions") ----

CaptureBy Parser::captureClause() {
  if (eatKeyword(sym::kw_move)) {
    if (tok_->isKeyword(sym::kw_async))
      fail(tok_->span, "", "the order of `move` and `async` is incorrect");
    return CaptureBy::Value;
  }
  return eatKeyword(sym::kw_use) ? CaptureBy::Use : CaptureBy::Ref;
}

ExprId Parser::closure() {
  Span lo = tok_->span;
  ClosureExpr c;
  c.forLifetimes = forBinder(&c.hasForBinder);
  if (eatKeyword(sym::kw_const))
    c.constness = Constness::Const;
  c.isStatic = eatKeyword(sym::kw_static);
  if (editionAt(tok_->span) >= 2018)
    c.coroutine = eatCoroutine();
  c.capture = captureClause();
  closureParams(c.decl);
  c.decl.output = returnType(/*allowPlus=*/true, &c.decl.outputSpan);
  c.declSpan = since(lo);
  if (c.decl.output) { // a block must follow
    Span bodyLo = tok_->span;
    if (isBlockStart(*tok_)) {
      WithRes with(*this, 0);
      c.body = blockExpr({}, bodyLo, false);
    } else {
      unexpected("`{`");
      c.body = errExpr(bodyLo);
    }
  } else {
    c.body = exprRes(res_ & ~(kStmtExpr | kAllowLet));
  }
  return ast_.addExpr(join(lo, spanOf(c.body)), c);
}

void Parser::closureParams(FnDecl &decl) {
  if (eat(TK::OrOr))
    return;
  expect(TK::Or);
  llvm::SmallVector<Param, 4> params;
  while (!failed_ && !check(TK::Or)) {
    Attrs attrs;
    outerAttrs(attrs);
    Span lo = tok_->span;
    Param p;
    p.pat = pat(true);
    p.ty = eat(TK::Colon) ? parseType() : ast_.addType(prevSpan_.shrinkToHi(), InferType{});
    p.attrs = finish(attrs);
    p.span = since(lo);
    if (attrs.keep)
      params.push_back(p);
    if (!eat(TK::Comma))
      break;
  }
  if (!failed_ && !checkSplit(TK::Or))
    unexpected("one of `,` or `|`");
  expectSplit(TK::Or);
  decl.params = ast_.addList<Param>(params);
}

// ---- builtin # name (..): what built-in macros expand to ----

// The fields that an expression like `a.b.0.1` names; it may be a captured expression. `0.1` lexes as a float.
void Parser::offsetOfFields(ExprId id, llvm::SmallVectorImpl<Ident> &fields) {
  const Expr &e = ast_.exprs[id];
  switch (e.kind) {
  case ExprKind::Field: {
    FieldExpr f = ast_.get<FieldExpr>(id);
    offsetOfFields(f.base, fields);
    fields.push_back(f.field);
    return;
  }
  case ExprKind::Index:
    sess_.diag.error(e.span, "array indexing not supported in offset_of");
    return offsetOfFields(ast_.get<IndexExpr>(id).base, fields);
  case ExprKind::Lit: {
    const Literal &lit = ast_.get<LitExpr>(id).lit;
    if (lit.kind != lex::LitKind::Integer && lit.kind != lex::LitKind::Float)
      break;
    llvm::SmallVector<llvm::StringRef, 2> parts;
    sess_.str(lit.sym).split(parts, '.', -1, false);
    for (llvm::StringRef part : parts)
      fields.push_back({sess_.symbols.intern(part), e.span});
    return;
  }
  case ExprKind::Path: {
    const PathExpr &p = ast_.get<PathExpr>(id);
    llvm::ArrayRef<PathSegment> segments = ast_.list(ast_.paths[p.path].segments);
    if (p.qself.valid() || segments.size() != 1 || segments[0].args)
      break;
    fields.push_back(segments[0].ident);
    return;
  }
  case ExprKind::Err: return;
  default: break;
  }
  sess_.diag.error(e.span, "offset_of expects dot-separated field and variant names");
}

ExprId Parser::builtinExpr(Span lo) {
  using namespace sym;
  bump();
  bump();
  Ident name = parseIdent();
  Group g;
  if (!openGroup(Delim::Paren, g))
    return errExpr(lo);
  WithRes with(*this, 0);
  if (name.name == offset_of) {
    OffsetOfExpr e;
    e.container = parseType();
    if (expect(TK::Comma) && !more(g))
      unexpected("expression");
    if (failed_) {
      closeGroup(g);
      return errExpr(since(lo));
    }
    llvm::SmallVector<Ident, 4> fields;
    while (!failed_ && more(g) && !check(TK::Comma))
      offsetOfFields(parseExpr(), fields);
    eat(TK::Comma);
    closeGroup(g);
    e.fields = ast_.addList<Ident>(fields);
    return add(lo, e);
  }
  if (name.name == type_ascribe) {
    ExprId operand = parseExpr();
    expect(TK::Comma);
    TypeId ty = parseType();
    closeGroup(g);
    return add(lo, AscribeExpr{operand, ty});
  }
  if (name.name == wrap_binder || name.name == unwrap_binder) {
    UnsafeBinderCastExpr e;
    e.wrap = name.name == wrap_binder;
    e.operand = parseExpr();
    if (eat(TK::Comma) && more(g))
      e.ty = parseType();
    closeGroup(g);
    return add(lo, e);
  }
  if (!failed_)
    fail(name.span, "", "unknown `builtin #` construct `" + sess_.str(name) + "`");
  closeGroup(g);
  return errExpr(since(lo));
}

} // namespace ferric::parse
