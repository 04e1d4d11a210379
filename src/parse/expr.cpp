// Expressions with operators (Reference: "Expressions", operator precedence): precedence climbing over prefix,
// postfix and binary operators. Block-like expressions at the start of a statement end it (Reference: "Expression
// statements"); `Foo {` is no struct literal where a block must follow (`if`, `match`, `while`, `for`).
#include "parse/scope.h"

namespace ferric::parse {

ExprId Parser::parseExpr() { return exprRes(0); }

ExprId Parser::parseExprOpt() {
  Attrs attrs;
  outerAttrs(attrs);
  Ast::Mark mark = ast_.mark();
  ExprId e = exprRes(0, attrs);
  if (attrs.keep)
    return e;
  ast_.release(mark);
  return {};
}

ExprId Parser::exprRes(uint8_t res) {
  Attrs attrs;
  outerAttrs(attrs);
  if (!attrs.keep && !failed_) {
    ++errors_;
    sess_.diag.error(attrs.lo, "removing an expression is not supported in this position");
  }
  return exprRes(res, attrs);
}

ExprId Parser::exprRes(uint8_t res, Attrs &attrs) {
  WithRes with(*this, res);
  return assoc(0, attrs);
}

namespace {

// Precedences, low to high; range and assignment bind weakest.
enum Prec : int { kAssign = 1, kRange, kOrOr, kAndAnd, kCompare, kBitOr, kBitXor, kBitAnd, kShift, kSum, kProduct, kAs };

struct Operator {
  int prec = 0; // 0: no operator
  enum Kind : uint8_t { Binary, Assign, AssignOp, Range, Cast } kind = Binary;
  BinOp op{};
};

Operator operatorOf(const Token &t) {
  using O = Operator;
  switch (t.kind) {
  case TokenKind::Eq: return {kAssign, O::Assign};
  case TokenKind::Lt: return {kCompare, O::Binary, BinOp::Lt};
  case TokenKind::LArrow: return {kCompare, O::Binary, BinOp::Lt}; // `a <-b`
  case TokenKind::Le: return {kCompare, O::Binary, BinOp::Le};
  case TokenKind::EqEq: return {kCompare, O::Binary, BinOp::Eq};
  case TokenKind::Ne: return {kCompare, O::Binary, BinOp::Ne};
  case TokenKind::Ge: return {kCompare, O::Binary, BinOp::Ge};
  case TokenKind::Gt: return {kCompare, O::Binary, BinOp::Gt};
  case TokenKind::AndAnd: return {kAndAnd, O::Binary, BinOp::And};
  case TokenKind::OrOr: return {kOrOr, O::Binary, BinOp::Or};
  case TokenKind::Plus: return {kSum, O::Binary, BinOp::Add};
  case TokenKind::Minus: return {kSum, O::Binary, BinOp::Sub};
  case TokenKind::Star: return {kProduct, O::Binary, BinOp::Mul};
  case TokenKind::Slash: return {kProduct, O::Binary, BinOp::Div};
  case TokenKind::Percent: return {kProduct, O::Binary, BinOp::Rem};
  case TokenKind::Caret: return {kBitXor, O::Binary, BinOp::BitXor};
  case TokenKind::And: return {kBitAnd, O::Binary, BinOp::BitAnd};
  case TokenKind::Or: return {kBitOr, O::Binary, BinOp::BitOr};
  case TokenKind::Shl: return {kShift, O::Binary, BinOp::Shl};
  case TokenKind::Shr: return {kShift, O::Binary, BinOp::Shr};
  case TokenKind::PlusEq: return {kAssign, O::AssignOp, BinOp::Add};
  case TokenKind::MinusEq: return {kAssign, O::AssignOp, BinOp::Sub};
  case TokenKind::StarEq: return {kAssign, O::AssignOp, BinOp::Mul};
  case TokenKind::SlashEq: return {kAssign, O::AssignOp, BinOp::Div};
  case TokenKind::PercentEq: return {kAssign, O::AssignOp, BinOp::Rem};
  case TokenKind::CaretEq: return {kAssign, O::AssignOp, BinOp::BitXor};
  case TokenKind::AndEq: return {kAssign, O::AssignOp, BinOp::BitAnd};
  case TokenKind::OrEq: return {kAssign, O::AssignOp, BinOp::BitOr};
  case TokenKind::ShlEq: return {kAssign, O::AssignOp, BinOp::Shl};
  case TokenKind::ShrEq: return {kAssign, O::AssignOp, BinOp::Shr};
  case TokenKind::DotDot:
  case TokenKind::DotDotDot:
  case TokenKind::DotDotEq: return {kRange, O::Range};
  case TokenKind::Ident: return t.isKeyword(sym::kw_as) ? Operator{kAs, O::Cast} : Operator{};
  default: return {};
  }
}

// Operators that could only go on after a block-like statement, never begin one: `{ 42 } = x`, `{ .. } as u8`.
bool onlyContinues(const Operator &op) {
  if (op.prec == 0 || op.kind == Operator::Range)
    return false;
  if (op.kind != Operator::Binary)
    return true;
  switch (op.op) {
  case BinOp::BitXor: case BinOp::Div: case BinOp::Rem: case BinOp::Shr: case BinOp::Le: case BinOp::Gt: case BinOp::Ge:
    return true;
  default:
    return false;
  }
}

} // namespace

// Block-like: needs no `;` to be a statement.
bool Parser::isComplete(ExprId e) const {
  if (!(res_ & kStmtExpr))
    return false;
  switch (ast_.exprs[e].kind) {
  case ExprKind::If: case ExprKind::Block: case ExprKind::While: case ExprKind::Loop: case ExprKind::ForLoop:
  case ExprKind::TryBlock: case ExprKind::ConstBlock:
    return true;
  case ExprKind::Match:
    return !ast_.get<MatchExpr>(e).postfix;
  default:
    return false;
  }
}

ExprId Parser::assoc(int minPrec, Attrs &attrs) {
  Depth depth(*this);
  if (isRangeSep(*tok_))
    return prefixRange(attrs);
  ExprId lhs = prefix(attrs);
  return assocRest(minPrec, lhs);
}

ExprId Parser::assocRest(int minPrec, ExprId lhs) {
  if (isComplete(lhs)) {
    if (!onlyContinues(operatorOf(*tok_)))
      return lhs;
    ++errors_;
    sess_.diag.error(tok_->span, "expected expression, found " + describe(*tok_))
        .label(tok_->span, "expected expression")
        .help("parentheses are required to parse the block before it as an expression");
  }
  for (;;) {
    Operator op = operatorOf(*tok_);
    if (op.prec == 0 || op.prec < minPrec || failed_)
      return lhs;
    if ((res_ & kIsPat) && (op.kind == Operator::Assign || op.kind == Operator::AssignOp || op.kind == Operator::Range))
      return lhs;
    Span opSpan = tok_->span, lo = spanOf(lhs);
    if (op.kind == Operator::Range) {
      return rangeRest(lhs, op.prec);
    }
    if (check(TK::LArrow)) {
      ++errors_;
      sess_.diag.error(opSpan, "unexpected token: `<-`").suggest(opSpan, "if you meant to write a comparison against a negative value, add a space between `<` and `-`", "< -");
    }
    bump();
    if (op.kind == Operator::Cast) {
      TypeId ty = parseTypeNoBounds();
      lhs = add(lo, CastExpr{lhs, ty});
      if ((check(TK::Dot) || check(TK::Question) || tok_->isOpen(Delim::Bracket)) && !failed_) {
        ++errors_;
        sess_.diag.error(since(lo), "cast cannot be followed by a postfix expression").help("try surrounding the expression in parentheses");
        lhs = dotOrCallRest(lhs, lo);
      }
      continue;
    }
    // `a < b < c` (Reference: comparison operators require parentheses).
    if (op.prec == kCompare && ast_.exprs[lhs].kind == ExprKind::Binary) {
      BinOp inner = ast_.get<BinaryExpr>(lhs).op;
      if (inner >= BinOp::Eq && !failed_) {
        ++errors_;
        sess_.diag.error(join(ast_.get<BinaryExpr>(lhs).opSpan, opSpan), "comparison operators cannot be chained");
      }
    }
    bool rightAssoc = op.prec == kAssign;
    uint8_t res = rightAssoc ? res_ & kNoStruct : res_ & ~kStmtExpr;
    ExprId rhs;
    {
      WithRes with(*this, res);
      Attrs attrs;
      outerAttrs(attrs);
      rhs = assoc(rightAssoc ? op.prec : op.prec + 1, attrs);
    }
    Span span = join(lo, spanOf(rhs));
    if (op.kind == Operator::Assign)
      lhs = ast_.addExpr(span, AssignExpr{lhs, rhs, opSpan});
    else if (op.kind == Operator::AssignOp)
      lhs = ast_.addExpr(span, AssignOpExpr{op.op, opSpan, lhs, rhs});
    else
      lhs = ast_.addExpr(span, BinaryExpr{op.op, opSpan, lhs, rhs});
  }
}

// At the range operator.
ExprId Parser::rangeRest(ExprId lhs, int prec) {
  Span lo = lhs ? spanOf(lhs) : tok_->span;
  RangeExpr r;
  r.lo = lhs;
  r.closed = !check(TK::DotDot);
  Span op = tok_->span;
  if (check(TK::DotDotDot)) {
    ++errors_;
    sess_.diag.error(op, "unexpected token: `...`").suggest(op, "use `..` for an exclusive range, or `..=` for an inclusive range", "..=");
  }
  bump();
  bool hasEnd = canBeginExpr(*tok_) && !(tok_->isOpen(Delim::Brace) && (res_ & kNoStruct));
  if (hasEnd) {
    WithRes with(*this, res_ & ~kStmtExpr);
    Attrs attrs;
    outerAttrs(attrs);
    r.hi = assoc(prec + 1, attrs);
  } else if (r.closed && !failed_) {
    ++errors_;
    sess_.diag.error(op, "E0586", "inclusive range with no end").note("inclusive ranges must be bounded at the end (`..=b` or `a..=b`)");
    r.closed = false;
  }
  return ast_.addExpr(since(lo), r);
}

ExprId Parser::prefixRange(Attrs &attrs) {
  if (!attrs.empty()) {
    ++errors_;
    sess_.diag.error(tok_->span, "attributes are not allowed on range expressions starting with `..`");
  }
  return rangeRest({}, kRange);
}

ExprId Parser::prefixOperand() {
  Depth depth(*this);
  Attrs attrs;
  outerAttrs(attrs);
  if (isRangeSep(*tok_))
    return prefixRange(attrs);
  return prefix(attrs);
}

ExprId Parser::prefix(Attrs &attrs) {
  Span lo = tok_->span;
  ExprId out;
  switch (tok_->kind) {
  case TK::Bang:
  case TK::Minus:
  case TK::Star: {
    UnOp op = check(TK::Bang) ? UnOp::Not : check(TK::Minus) ? UnOp::Neg : UnOp::Deref;
    bump();
    ExprId operand = prefixOperand();
    out = ast_.addExpr(join(lo, spanOf(operand)), UnaryExpr{op, operand});
    break;
  }
  case TK::And:
  case TK::AndAnd:
    out = addrOf(lo);
    break;
  case TK::Tilde: {
    ++errors_;
    sess_.diag.error(lo, "`~` cannot be used as a unary operator").suggest(lo, "use `!` to perform bitwise not", "!");
    bump();
    ExprId operand = prefixOperand();
    out = add(lo, UnaryExpr{UnOp::Not, operand});
    break;
  }
  case TK::Plus:
    if (peek(1).is(TK::Literal)) {
      ++errors_;
      sess_.diag.error(lo, "leading `+` is not supported").label(lo, "unexpected `+`");
      bump();
      return prefixOperand();
    }
    [[fallthrough]];
  default:
    return dotOrCall(attrs);
  }
  attach(out, attrs);
  return out;
}

// & , &mut, &raw const, &raw mut, &pin const, &pin mut (Reference: "Borrow operators").
ExprId Parser::addrOf(Span lo) {
  eatSplit(TK::And);
  AddrOfExpr e;
  bool qualified = keywordAhead(1, sym::kw_const) || keywordAhead(1, sym::kw_mut);
  if (qualified && (tok_->isKeyword(sym::kw_raw) || tok_->isKeyword(sym::pin))) {
    e.borrow = tok_->isKeyword(sym::kw_raw) ? BorrowKind::Raw : BorrowKind::Pin;
    bump();
    e.mut = tok_->isKeyword(sym::kw_mut) ? Mutability::Mut : Mutability::Not;
    bump();
  } else {
    if (check(TK::Lifetime)) {
      ++errors_;
      sess_.diag.error(tok_->span, "borrow expressions cannot be annotated with lifetimes");
      bump();
    }
    e.mut = eatMut();
  }
  e.operand = prefixOperand();
  return ast_.addExpr(join(lo, spanOf(e.operand)), e);
}

ExprId Parser::dotOrCall(Attrs &attrs) {
  Span lo = tok_->span;
  ExprId base = bottom();
  ExprId out = dotOrCallRest(base, lo);
  attach(out, attrs);
  return out;
}

// `?`, `.field`, `.method(..)`, `(..)`, `[..]` as often as they come.
ExprId Parser::dotOrCallRest(ExprId e, Span lo) {
  for (;;) {
    switch (tok_->kind) {
    case TK::Question:
      bump();
      e = add(lo, TryExpr{e});
      continue;
    case TK::Dot:
      bump();
      e = dotSuffix(e, lo);
      continue;
    default:
      return e;
    case TK::OpenDelim:
      break;
    }
    if (isComplete(e))
      return e;
    Group g;
    if (tok_->delim() == Delim::Paren) {
      openGroup(Delim::Paren, g);
      List<ExprId> args = exprList(g);
      e = add(lo, CallExpr{e, args});
    } else if (tok_->delim() == Delim::Bracket) {
      Span brackets = tok_->span;
      openGroup(Delim::Bracket, g);
      WithRes with(*this, 0);
      ExprId index = parseExpr();
      closeGroup(g);
      e = add(lo, IndexExpr{e, index, since(brackets)});
    } else {
      return e;
    }
  }
}

// The elements up to the end of the group, which is taken; configured-out elements are left out.
List<ExprId> Parser::exprList(Group g) {
  WithRes with(*this, 0);
  llvm::SmallVector<ExprId, 8> out;
  while (more(g)) {
    if (ExprId e = parseExprOpt())
      out.push_back(e);
    if (!commaOrEnd(g))
      break;
  }
  closeGroup(g);
  return ast_.addList<ExprId>(out);
}

// Behind `.`.
ExprId Parser::dotSuffix(ExprId base, Span lo) {
  using namespace sym;
  if (tok_->kind == TK::Literal)
    return tupleIndex(base, lo);
  Span at = tok_->span;
  if (editionAt(at) >= 2018 && tok_->isKeyword(kw_await)) {
    bump();
    return add(lo, AwaitExpr{base, at});
  }
  if (tok_->isKeyword(kw_use)) {
    bump();
    return add(lo, UseExpr{base, at});
  }
  if (tok_->isKeyword(kw_yield)) {
    bump();
    return add(lo, YieldExpr{base, true});
  }
  if (tok_->isKeyword(kw_match)) {
    bump();
    return matchExpr(lo, base, true);
  }
  PathSegment s;
  if (isFragment(*tok_, FragmentKind::Literal) || isFragment(*tok_, FragmentKind::Expr) || isFragment(*tok_, FragmentKind::Expr2021))
    return inGroup([&] { return tupleIndex(base, lo); });
  if (!segment(PathStyle::Expr, s))
    return base;
  if (tok_->isOpen(Delim::Paren)) {
    Group g;
    openGroup(Delim::Paren, g);
    List<ExprId> args = exprList(g);
    return add(lo, MethodCallExpr{s, base, args, since(s.ident.span)});
  }
  if (s.args && !failed_) {
    ++errors_;
    sess_.diag.error(ast_.genericArgs[s.args].span, "field expressions cannot have generic arguments");
  }
  return add(lo, FieldExpr{base, s.ident});
}

// `x.0`; `x.0.1` was lexed as `x` `.` and the float `0.1`.
ExprId Parser::tupleIndex(ExprId base, Span lo) {
  const Token t = *tok_;
  llvm::StringRef text = sess_.str(t.sym);
  if (t.lit() != lex::LitKind::Integer && t.lit() != lex::LitKind::Float) {
    unexpected("identifier");
    return base;
  }
  if (t.suffix().valid()) {
    ++errors_;
    sess_.diag.error(t.span, "suffixes on a tuple index are invalid");
  }
  bump();
  if (t.lit() == lex::LitKind::Integer)
    return add(lo, FieldExpr{base, {t.sym, t.span}});
  uint32_t offset = 0;
  bool real = t.span.hi - t.span.lo == text.size(); // not a span that a macro made up
  for (llvm::StringRef rest = text; !rest.empty();) {
    auto [part, tail] = rest.split('.');
    if (part.empty() || !llvm::all_of(part, [](char c) { return llvm::isAlnum(c) || c == '_'; })) { // `1e+3`
      fail(t.span, "", "unexpected token: `" + text + "`");
      return base;
    }
    Span at = t.span;
    if (real)
      at.lo += offset, at.hi = at.lo + uint32_t(part.size());
    Ident field{sess_.symbols.intern(part), at};
    base = ast_.addExpr(join(lo, at), FieldExpr{base, field});
    offset += uint32_t(part.size()) + 1;
    bool dot = rest.size() > part.size();
    rest = tail;
    if (dot && rest.empty()) // `1.` and then a field: the dot was taken with the number
      return dotSuffix(base, lo);
  }
  return base;
}

} // namespace ferric::parse
