// Statements and blocks (Reference: "Statements"). After a mistake the rest of the block is skipped, as rustc does: what
// follows is too often nonsense.
#include "parse/item_head.h"
#include "parse/scope.h"

namespace ferric::parse {

BlockId Parser::parseBlock() { return block(nullptr); }

// A null `inner`: inner attributes are errors.
BlockId Parser::block(Attrs *inner, bool isUnsafe) {
  if (isFragment(*tok_, FragmentKind::Block) || isFragment(*tok_, FragmentKind::Expr) || isFragment(*tok_, FragmentKind::Expr2021) ||
      isFragment(*tok_, FragmentKind::Stmt))
    return inGroup([&] {
      if (tok_->isKeyword(sym::kw_unsafe)) {
        bump();
        return block(inner, true);
      }
      return block(inner, isUnsafe);
    });
  Depth depth(*this);
  Block b;
  b.isUnsafe = isUnsafe;
  Span lo = isUnsafe && prevSpan().ctxt == tok_->span.ctxt ? prevSpan() : tok_->span; // `unsafe` belongs to the block
  b.span = tok_->span;
  Group g;
  if (!openGroup(Delim::Brace, g))
    return ast_.blocks.add(b);
  WithRes with(*this, 0);
  Attrs attrs;
  innerAttrs(inner ? *inner : attrs);
  if (!attrs.empty()) {
    ++errors_;
    sess_.diag.error(ast_.attrs[attrs.ids[0]].span, "an inner attribute is not permitted in this context");
  }
  llvm::SmallVector<StmtId, 16> stmts;
  stmtsUpTo(g.close, stmts);
  closeGroup(g);
  b.stmts = ast_.addList<StmtId>(stmts);
  b.span = since(lo);
  return ast_.blocks.add(b);
}

void Parser::stmtsUpTo(uint32_t close, llvm::SmallVectorImpl<StmtId> &out) {
  while (!failed_ && index_ < close) {
    uint32_t before = index_;
    Ast::Mark mark = ast_.mark();
    bool keep = true;
    StmtId s = fullStmt(keep);
    if (failed_) {
      out.push_back(ast_.addStmt(tok_->span, ExprStmt{errExpr(tok_->span)}));
      return;
    }
    if (!keep)
      ast_.release(mark);
    else if (s)
      out.push_back(s);
    if (index_ == before)
      return unexpected("statement");
  }
}

List<StmtId> Parser::parseStmts() {
  llvm::SmallVector<StmtId, 16> stmts;
  stmtsUpTo(end_, stmts);
  return ast_.addList<StmtId>(stmts);
}

StmtId Parser::parseStmt() {
  bool keep = true;
  Span lo;
  StmtId s = stmt(keep, lo);
  return keep ? s : StmtId();
}

static bool needsSemi(const Ast &ast, ExprId e) {
  switch (ast.exprs[e].kind) {
  case ExprKind::If: case ExprKind::Block: case ExprKind::While: case ExprKind::Loop: case ExprKind::ForLoop:
  case ExprKind::TryBlock: case ExprKind::ConstBlock:
    return false;
  case ExprKind::Match:
    return ast.get<MatchExpr>(e).postfix;
  default:
    return true;
  }
}

// A statement with its `;`.
StmtId Parser::fullStmt(bool &keep) {
  if (isFragment(*tok_, FragmentKind::Stmt))
    return inGroup([&] {
      Span lo;
      return stmt(keep, lo);
    });
  Span lo;
  StmtId s = stmt(keep, lo);
  if (!s || failed_)
    return s;
  switch (ast_.stmts[s].kind) {
  case StmtKind::Expr:
    if (needsSemi(ast_, ast_.get<ExprStmt>(s).expr) && tok_->kind != TK::Eof && !check(TK::Semi) && !tok_->isClose(Delim::Brace)) {
      if (expectSemi())
        ast_.stmts[s].kind = StmtKind::Semi;
      break;
    }
    if (eat(TK::Semi))
      ast_.stmts[s].kind = StmtKind::Semi; // same payload
    break;
  case StmtKind::MacroCall:
    if (eat(TK::Semi))
      ast_.getMut<MacroCallStmt>(s).style = MacStmtStyle::Semicolon;
    break;
  case StmtKind::Let:
    expectSemi();
    break;
  default:
    break;
  }
  ast_.stmts[s].span = since(lo);
  return s;
}

// Without its `;`. None: no statement begins here.
StmtId Parser::stmt(bool &keep, Span &lo) {
  Depth depth(*this);
  Attrs attrs;
  outerAttrs(attrs);
  keep = attrs.keep;
  lo = attrs.any ? attrs.lo : tok_->span;
  Span start = tok_->span;
  if (isFragment(*tok_, FragmentKind::Stmt))
    return inGroup([&] {
      bool innerKeep = true;
      Span innerLo;
      StmtId s = stmt(innerKeep, innerLo);
      keep &= innerKeep;
      if (s && ast_.stmts[s].kind == StmtKind::Expr)
        attach(ast_.get<ExprStmt>(s).expr, attrs);
      return s;
    });
  if (tok_->isKeyword(sym::kw_super) && keywordAhead(1, sym::kw_let)) {
    bump();
    bump();
    return letStmt(start, attrs, true);
  }
  if (tok_->isKeyword(sym::kw_mut) && keywordAhead(1, sym::kw_let)) {
    ++errors_;
    sess_.diag.error(tok_->span, "invalid variable declaration").help("switch the order of `mut` and `let`");
    bump();
  }
  if (eatKeyword(sym::kw_let))
    return letStmt(start, attrs, false);
  if (isPathStart(*tok_) && !check(TK::Lt) && !check(TK::Shl) && !isPathStartItem() && !isBuiltin())
    return pathStmt(start, attrs);
  bool parsed = false;
  ItemId it = item(ItemCtx::Block, attrs, /*macrosAllowed=*/false, parsed);
  if (parsed) {
    if (!it) {
      keep = false;
      return {};
    }
    return ast_.addStmt(since(start), ItemStmt{it});
  }
  if (failed_)
    return {};
  if (check(TK::Semi)) {
    rejectAttrs(attrs, "expected statement after outer attribute");
    bump();
    return ast_.addStmt(start, EmptyStmt{});
  }
  if (tok_->kind == TK::CloseDelim || tok_->kind == TK::Eof) {
    rejectAttrs(attrs, "expected statement after outer attribute");
    return {};
  }
  ExprId e = exprRes(kStmtExpr, attrs);
  return ast_.addStmt(since(start), ExprStmt{e});
}

// Whether the last token of the expression is a `}` (Reference: "let statements": the initializer of let-else may not).
bool Parser::endsInBrace(ExprId e) const {
  for (unsigned depth = 0; e && depth < 10000; ++depth) {
    const Expr &n = ast_.exprs[e];
    switch (n.kind) {
    case ExprKind::Block: case ExprKind::If: case ExprKind::While: case ExprKind::Loop: case ExprKind::ForLoop: case ExprKind::Match:
    case ExprKind::Gen: case ExprKind::TryBlock: case ExprKind::ConstBlock: case ExprKind::Struct:
      return true;
    case ExprKind::MacroCall: return ast_.get<MacroCallExpr>(e).mac.delim == Delim::Brace;
    case ExprKind::AddrOf: e = ast_.get<AddrOfExpr>(e).operand; break;
    case ExprKind::Unary: e = ast_.get<UnaryExpr>(e).operand; break;
    case ExprKind::Binary: e = ast_.get<BinaryExpr>(e).rhs; break;
    case ExprKind::Assign: e = ast_.get<AssignExpr>(e).rhs; break;
    case ExprKind::AssignOp: e = ast_.get<AssignOpExpr>(e).rhs; break;
    case ExprKind::Range: e = ast_.get<RangeExpr>(e).hi; break;
    case ExprKind::Ret: e = ast_.get<RetExpr>(e).value; break;
    case ExprKind::Break: e = ast_.get<BreakExpr>(e).value; break;
    case ExprKind::Yeet: e = ast_.get<YeetExpr>(e).value; break;
    case ExprKind::Become: e = ast_.get<BecomeExpr>(e).value; break;
    case ExprKind::Yield: e = ast_.get<YieldExpr>(e).value; break;
    case ExprKind::Let: e = ast_.get<LetExpr>(e).init; break;
    case ExprKind::Closure: e = ast_.get<ClosureExpr>(e).body; break;
    default: return false;
    }
  }
  return false;
}

StmtId Parser::letStmt(Span lo, Attrs &attrs, bool isSuper) {
  LetStmt s;
  s.isSuper = isSuper;
  if (tok_->isKeyword(sym::kw_const) && isIdent(peek(1))) {
    ++errors_;
    sess_.diag.error(since(lo), "`const` and `let` are mutually exclusive");
    bump();
  }
  s.pat = patTopAlt(false);
  if (eat(TK::Colon))
    s.ty = parseType();
  if (tok_->kind >= TK::PlusEq && tok_->kind <= TK::ShrEq) {
    ++errors_;
    sess_.diag.error(tok_->span, "can't reassign an uninitialized variable").suggest(tok_->span, "initialize the variable", "=");
    bump();
    s.init = parseExpr();
  } else if (check(TK::EqEq)) {
    ++errors_;
    sess_.diag.error(tok_->span, "unexpected `==`").suggest(tok_->span, "try using `=` instead", "=");
    bump();
    s.init = parseExpr();
  } else if (eat(TK::Eq)) {
    s.init = parseExpr();
  }
  if (s.init && !failed_ && eatKeyword(sym::kw_else)) {
    if (tok_->isKeyword(sym::kw_if))
      fail(tok_->span, "", "conditional `else if` is not supported for `let...else`");
    if (endsInBrace(s.init) && !failed_) {
      ++errors_;
      sess_.diag.error(spanOf(s.init).shrinkToHi(), "right curly brace `}` before `else` in a `let...else` statement not allowed")
          .help("wrap the expression in parentheses");
    }
    s.otherwise = parseBlock();
  }
  AttrsId ids = finish(attrs);
  return ast_.addStmt(since(lo), s, ids);
}

// `union U`, `auto trait`, `async fn` (2015), `macro_rules! m`, .. begin with what could be a path.
bool Parser::isPathStartItem() const {
  if (tok_->kind != TK::Ident || tok_->isRaw())
    return false;
  return followedByIdent(sym::kw_union) || isTrait() || (tok_->isKeyword(sym::kw_async) && keywordAhead(1, sym::kw_fn)) ||
         isMacroRules() || (tok_->isKeyword(sym::kw_safe) && (isFnFrontMatter(false) || isStatic()));
}

// A statement that begins with a path: macro call, struct literal or any other expression.
StmtId Parser::pathStmt(Span lo, Attrs &attrs) {
  PathId path = parsePath(PathStyle::Expr);
  if (failed_)
    return {};
  if (eat(TK::Bang))
    return macStmt(lo, attrs, path);
  ExprId e;
  {
    WithRes with(*this, kStmtExpr);
    e = tok_->isOpen(Delim::Brace) ? structExpr(lo, {}, path) : add(lo, PathExpr{{}, path});
    e = dotOrCallRest(e, lo);
    attach(e, attrs);
    e = assocRest(0, e);
  }
  return ast_.addStmt(since(lo), ExprStmt{e});
}

StmtId Parser::macStmt(Span lo, Attrs &attrs, PathId path) {
  MacCall mac;
  mac.path = path;
  if (!macArgs(mac))
    return {};
  bool braces = mac.delim == Delim::Brace;
  bool ends = (braces && !check(TK::Dot) && !check(TK::Question)) || check(TK::Semi) || tok_->kind == TK::Eof ||
              tok_->isClose(Delim::Invisible);
  if (ends) {
    AttrsId ids = finish(attrs);
    return ast_.addStmt(since(lo), MacroCallStmt{mac, braces ? MacStmtStyle::Braces : MacStmtStyle::NoBraces}, ids);
  }
  ExprId e = add(lo, MacroCallExpr{mac});
  e = dotOrCallRest(e, lo);
  attach(e, attrs);
  e = assocRest(0, e);
  return ast_.addStmt(since(lo), ExprStmt{e});
}

} // namespace ferric::parse
