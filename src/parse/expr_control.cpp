// Control flow: if, let, while, for, loop, match, blocks of all sorts.
#include "parse/scope.h"

namespace ferric::parse {

// The condition of `if` and `while`: struct literals need parentheses, `let` is allowed.
ExprId Parser::condition() {
  ExprId cond = exprRes(kNoStruct | kAllowLet);
  if (!failed_)
    checkLets(cond, true);
  return cond;
}

// `let` may stand in a condition only alone or in a chain of `&&` (RFC 2497); chains since edition 2024.
void Parser::checkLets(ExprId cond, bool topLevel) {
  const Expr &e = ast_.exprs[cond];
  if (e.kind == ExprKind::Let) {
    if (!topLevel && editionAt(e.span) < 2024) {
      ++errors_;
      sess_.diag.error(e.span, "let chains are only allowed in Rust 2024 or later");
    }
    return;
  }
  if (e.kind == ExprKind::Binary) {
    BinaryExpr b = ast_.get<BinaryExpr>(cond);
    if (b.op == BinOp::And) {
      // Chains lean to the left: a loop over the left operands, so that long ones need no stack.
      while (b.op == BinOp::And) {
        checkLets(b.rhs, false);
        if (ast_.exprs[b.lhs].kind != ExprKind::Binary)
          break;
        b = ast_.get<BinaryExpr>(b.lhs);
      }
      if (b.op == BinOp::And)
        return checkLets(b.lhs, false);
    }
    if (b.op == BinOp::Or)
      for (ExprId side : {b.lhs, b.rhs})
        if (ast_.exprs[side].kind == ExprKind::Let) {
          ++errors_;
          sess_.diag.error(b.opSpan, "`||` operators are not supported in let chain conditions");
        }
    return;
  }
  if (e.kind == ExprKind::Paren) {
    ExprId inner = ast_.get<ParenExpr>(cond).inner;
    if (ast_.exprs[inner].kind == ExprKind::Let) {
      ++errors_;
      sess_.diag.error(ast_.exprs[inner].span, "expected expression, found `let` statement")
          .note("only supported directly in conditions of `if` and `while` expressions");
    }
  }
}

ExprId Parser::letExpr(Span lo, uint8_t res) {
  if (!(res & kAllowLet)) {
    ++errors_;
    sess_.diag.error(tok_->span, "expected expression, found `let` statement")
        .note("only supported directly in conditions of `if` and `while` expressions");
  }
  bump();
  LetExpr e;
  e.pat = patTopAlt(false);
  if (check(TK::EqEq)) {
    ++errors_;
    sess_.diag.error(tok_->span, "expected `=`, found `==`").suggest(tok_->span, "consider using `=` here", "=");
    bump();
  } else {
    expect(TK::Eq);
  }
  WithRes with(*this, res & ~kStmtExpr);
  Attrs attrs;
  outerAttrs(attrs);
  e.init = assoc(/*tighter than &&*/ 5, attrs);
  return add(lo, e);
}

static bool bodyFollows(const Token &t) { return t.isOpen(Delim::Brace) || t.isOpen(Delim::Invisible); }

// Behind `if`.
ExprId Parser::ifExpr(Span lo) {
  Depth depth(*this);
  IfExpr e;
  e.cond = condition();
  if (!failed_ && !bodyFollows(*tok_)) { // the block was taken for the condition, or for the end of it
    ExprKind kind = ast_.exprs[e.cond].kind;
    if (kind == ExprKind::Binary && ast_.exprs[ast_.get<BinaryExpr>(e.cond).rhs].kind == ExprKind::Block)
      fail(lo, "", "this `if` expression is missing a block after the condition");
    else if (kind == ExprKind::Block)
      fail(lo, "", "missing condition for `if` expression", "expected condition here");
  }
  e.then = parseBlock();
  if (!failed_ && eatKeyword(sym::kw_else)) {
    Span elseLo = tok_->span;
    if (eatKeyword(sym::kw_if)) {
      e.otherwise = ifExpr(elseLo);
    } else {
      WithRes with(*this, 0);
      e.otherwise = blockExpr({}, elseLo, false);
    }
  }
  return add(lo, e);
}

// `else` behind a loop, as in Python: reported, and its block skipped.
void Parser::rejectLoopElse(const char *loop) {
  if (failed_ || !tok_->isKeyword(sym::kw_else) || !peek(1).isOpen(Delim::Brace))
    return;
  ++errors_;
  sess_.diag.error(tok_->span, llvm::Twine("`") + loop + "...else` loops are not supported")
      .note("consider moving this `else` clause to a separate `if` statement and use a `bool` variable to control if it should run");
  bump();
  bumpTree();
}

ExprId Parser::whileExpr(Label label, Span lo) {
  WhileExpr e;
  e.label = label;
  e.cond = condition();
  Attrs inner;
  e.body = block(&inner);
  rejectLoopElse("while");
  ExprId out = add(lo, e);
  attach(out, inner);
  return out;
}

ExprId Parser::loopExpr(Label label, Span lo) {
  LoopExpr e;
  e.label = label;
  Attrs inner;
  e.body = block(&inner);
  rejectLoopElse("loop");
  ExprId out = add(lo, e);
  attach(out, inner);
  return out;
}

// Behind `for`.
ExprId Parser::forExpr(Label label, Span lo) {
  ForLoopExpr e;
  e.label = label;
  if (tok_->isKeyword(sym::kw_await) && editionAt(tok_->span) >= 2018) {
    bump();
    e.isAwait = true;
  }
  e.pat = patTopAlt(false);
  if (!eatKeyword(sym::kw_in))
    unexpected("`in`");
  e.iter = exprRes(kNoStruct);
  Attrs inner;
  if (!failed_ && !bodyFollows(*tok_))
    unexpected("`{`");
  e.body = block(&inner);
  rejectLoopElse("for");
  ExprId out = add(lo, e);
  attach(out, inner);
  return out;
}

ExprId Parser::labeledExpr() {
  Span lo = tok_->span;
  Label label{parseLifetime().ident};
  if (!expect(TK::Colon))
    return errExpr(lo);
  if (eatKeyword(sym::kw_while))
    return whileExpr(label, lo);
  if (eatKeyword(sym::kw_for))
    return forExpr(label, lo);
  if (eatKeyword(sym::kw_loop))
    return loopExpr(label, lo);
  if (isBlockStart(*tok_))
    return blockExpr(label, lo, false);
  if (tok_->isKeyword(sym::kw_unsafe) && isBlockStart(peek(1))) {
    fail(tok_->span, "", "block label not supported here");
    return errExpr(lo);
  }
  unexpected("`while`, `for`, `loop` or `{` after a label");
  return errExpr(lo);
}

// At the arms' `{`.
ExprId Parser::matchExpr(Span lo, ExprId scrutinee, bool postfix) {
  MatchExpr e;
  e.scrutinee = scrutinee;
  e.postfix = postfix;
  Group g;
  if (!openGroup(Delim::Brace, g))
    return errExpr(since(lo));
  Attrs inner;
  innerAttrs(inner);
  llvm::SmallVector<Arm, 8> arms;
  while (more(g)) {
    Arm a;
    bool keep = true;
    Ast::Mark mark = ast_.mark();
    if (!arm(a, keep))
      break;
    if (keep)
      arms.push_back(a);
    else
      ast_.release(mark);
  }
  closeGroup(g);
  e.arms = ast_.addList<Arm>(arms);
  ExprId out = add(lo, e);
  attach(out, inner);
  return out;
}

bool Parser::arm(Arm &out, bool &keep) {
  Attrs attrs;
  outerAttrs(attrs);
  keep = attrs.keep;
  out.attrs = finish(attrs);
  Span lo = tok_->span;
  out.pat = patTopAlt(false);
  if (isFragment(*tok_, FragmentKind::Guard))
    out.guard = inGroup([&] {
      bump();
      return exprRes(kAllowLet);
    });
  else if (eatKeyword(sym::kw_if))
    out.guard = exprRes(kAllowLet);
  if (!failed_ && (check(TK::Comma) || tok_->isClose(Delim::Brace))) { // an arm without a body: never patterns
    out.span = since(lo);
    eat(TK::Comma);
    return true;
  }
  if (check(TK::Eq) && !failed_) {
    ++errors_;
    sess_.diag.error(tok_->span, "expected one of `=>`, `if`, or `|`, found `=`").suggest(tok_->span, "use a fat arrow to start a match arm", "=>");
    bump();
  } else {
    expect(TK::FatArrow);
  }
  bool blockLike;
  {
    WithRes with(*this, kStmtExpr);
    Attrs bodyAttrs;
    outerAttrs(bodyAttrs);
    out.body = assoc(0, bodyAttrs);
    blockLike = isComplete(out.body);
  }
  out.span = since(lo);
  if (failed_)
    return false;
  if (!eat(TK::Comma) && !blockLike && !tok_->isClose(Delim::Brace))
    unexpected("one of `,`, `.`, `?`, `}`, or an operator");
  return !failed_;
}

// At `{`; with `unsafe` taken when isUnsafe. Inner attributes become the expression's.
ExprId Parser::blockExpr(Label label, Span lo, bool isUnsafe) {
  Attrs inner;
  BlockId b = block(&inner, isUnsafe);
  ExprId out = add(lo, BlockExpr{b, label});
  attach(out, inner);
  return out;
}

// Inline constants as patterns were removed from the language.
ExprId Parser::constPat(Span lo) {
  ExprId e = constBlock(lo);
  if (!failed_) {
    ++errors_;
    sess_.diag.error(since(lo), "const blocks cannot be used as patterns").help("use a named `const`-item or an `if`-guard (`x if x == const { .. }`) instead");
  }
  return e;
}

ExprId Parser::constBlock(Span lo) {
  bump();
  WithRes with(*this, 0);
  ExprId body = blockExpr({}, tok_->span, false);
  return add(lo, ConstBlockExpr{{body}});
}

ExprId Parser::genBlock(Span lo) {
  GenExpr e;
  e.coroutine = eatCoroutine();
  e.capture = captureClause();
  Attrs inner;
  e.block = block(&inner);
  ExprId out = add(lo, e);
  attach(out, inner);
  return out;
}

// Behind `try`: `{ .. }` or `bikeshed Type { .. }`.
ExprId Parser::tryBlock(Span lo) {
  TryBlockExpr e;
  if (eatKeyword(sym::bikeshed))
    e.ty = parseType();
  Attrs inner;
  e.block = block(&inner);
  ExprId out = add(lo, e);
  attach(out, inner);
  return out;
}

CoroutineKind Parser::eatCoroutine() {
  if (tok_->isKeyword(sym::kw_async)) {
    bump();
    return eatKeyword(sym::kw_gen) ? CoroutineKind::AsyncGen : CoroutineKind::Async;
  }
  if (tok_->isKeyword(sym::kw_gen) && editionAt(tok_->span) >= 2024) {
    bump();
    return CoroutineKind::Gen;
  }
  return CoroutineKind::None;
}

} // namespace ferric::parse
