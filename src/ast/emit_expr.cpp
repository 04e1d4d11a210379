// Expressions and statements to tokens. Parentheses are added where the tree nests without them: a macro's `$e * 2` with
// `$e` = `a + b` has no Paren node.
#include "ast/emitter.h"
#include "lex/unescape.h"
#include "lex/unicode.h"

namespace ferric::ast {

using lex::Delim;

namespace {
enum Prec : int { kJump, kAssign, kRange, kOrOr, kAndAnd, kCompare, kBitOr, kBitXor, kBitAnd, kShift, kSum, kProduct, kAs, kPrefix, kPostfix };

Prec precOf(BinOp op) {
  switch (op) {
  case BinOp::Or: return kOrOr;
  case BinOp::And: return kAndAnd;
  case BinOp::Eq: case BinOp::Ne: case BinOp::Lt: case BinOp::Le: case BinOp::Gt: case BinOp::Ge: return kCompare;
  case BinOp::BitOr: return kBitOr;
  case BinOp::BitXor: return kBitXor;
  case BinOp::BitAnd: return kBitAnd;
  case BinOp::Shl: case BinOp::Shr: return kShift;
  case BinOp::Add: case BinOp::Sub: return kSum;
  case BinOp::Mul: case BinOp::Div: case BinOp::Rem: return kProduct;
  }
  return kPostfix;
}

lex::TokenKind tokenOf(BinOp op) {
  using TK = lex::TokenKind;
  static constexpr TK kTokens[] = {TK::Plus, TK::Minus, TK::Star, TK::Slash, TK::Percent, TK::AndAnd, TK::OrOr, TK::Caret, TK::And,
                                   TK::Or, TK::Shl, TK::Shr, TK::EqEq, TK::Lt, TK::Le, TK::Ne, TK::Ge, TK::Gt};
  return kTokens[size_t(op)];
}

lex::TokenKind assignTokenOf(BinOp op) {
  using TK = lex::TokenKind;
  switch (op) {
  case BinOp::Add: return TK::PlusEq;
  case BinOp::Sub: return TK::MinusEq;
  case BinOp::Mul: return TK::StarEq;
  case BinOp::Div: return TK::SlashEq;
  case BinOp::Rem: return TK::PercentEq;
  case BinOp::BitXor: return TK::CaretEq;
  case BinOp::BitAnd: return TK::AndEq;
  case BinOp::BitOr: return TK::OrEq;
  case BinOp::Shl: return TK::ShlEq;
  default: return TK::ShrEq;
  }
}
} // namespace

int Emitter::prec(ExprId id) const {
  switch (ast_.exprs[id].kind) {
  case ExprKind::Assign: case ExprKind::AssignOp: return kAssign;
  case ExprKind::Range: return kRange;
  case ExprKind::Binary: return precOf(ast_.get<BinaryExpr>(id).op);
  case ExprKind::Cast: return kAs;
  case ExprKind::Unary: case ExprKind::AddrOf: return kPrefix;
  case ExprKind::Closure: case ExprKind::Ret: case ExprKind::Break: case ExprKind::Become: case ExprKind::Yeet: return kJump;
  case ExprKind::Yield: return ast_.get<YieldExpr>(id).postfix ? kPostfix : kJump;
  default: return kPostfix;
  }
}

void Emitter::expr(ExprId id, int minPrec) {
  outerAttrs(ast_.exprs[id].attrs, false);
  bool parens = prec(id) < minPrec || id == statementParens_;
  if (parens)
    open(Delim::Paren);
  exprKind(id);
  if (parens)
    close(Delim::Paren);
}

// A right operand: what begins with a keyword or `|` reaches as far to the right as it can and needs no parentheses.
void Emitter::rhs(ExprId id, int minPrec) { expr(id, prec(id) == kJump ? 0 : minPrec); }

// The operand of a prefix operator; `&..` too.
void Emitter::operand(ExprId id) {
  bool prefixRange = ast_.exprs[id].kind == ExprKind::Range && !ast_.get<RangeExpr>(id).lo;
  expr(id, prec(id) == kJump || prefixRange ? 0 : kPrefix);
}

void Emitter::binary(const BinaryExpr &b) {
  int p = precOf(b.op);
  expr(b.lhs, p == kCompare ? p + 1 : p);
  sp();
  t(tokenOf(b.op));
  sp();
  rhs(b.rhs, p + 1);
}

void Emitter::rangeExpr(const RangeExpr &r) {
  if (r.lo)
    expr(r.lo, kRange + 1);
  t(r.closed ? TK::DotDotEq : TK::DotDot);
  if (r.hi)
    rhs(r.hi, kRange + 1);
}

void Emitter::label(const Label &l) {
  if (!l.valid())
    return;
  lifetime(l.ident);
  t(TK::Colon);
  sp();
}

void Emitter::capture(CaptureBy c) {
  if (c == CaptureBy::Value)
    kwSp(sym::kw_move);
  else if (c == CaptureBy::Use)
    kwSp(sym::kw_use);
}

void Emitter::coroutine(CoroutineKind k) {
  if (k == CoroutineKind::Async || k == CoroutineKind::AsyncGen)
    kwSp(sym::kw_async);
  if (k == CoroutineKind::Gen || k == CoroutineKind::AsyncGen)
    kwSp(sym::kw_gen);
}

void Emitter::jump(Symbol keyword, ExprId value) {
  kw(keyword);
  if (value) {
    sp();
    expr(value);
  }
}

void Emitter::builtin(Symbol name) {
  kwSp(sym::kw_builtin);
  t(TK::Pound);
  sp();
  kw(name);
}

void Emitter::closure(const ClosureExpr &c) {
  if (c.hasForBinder)
    forBinder(c.forLifetimes);
  constness(c.constness);
  if (c.isStatic)
    kwSp(sym::kw_static);
  coroutine(c.coroutine);
  capture(c.capture);
  llvm::ArrayRef<Param> params = ast_.list(c.decl.params);
  t(TK::Or);
  commaSep(params, [&](const Param &p) { param(p); });
  t(TK::Or);
  sp();
  if (c.decl.output) {
    t(TK::RArrow);
    sp();
    type(c.decl.output);
    sp();
  }
  expr(c.body);
}

void Emitter::ifExpr(const IfExpr &e) {
  kwSp(sym::kw_if);
  expr(e.cond);
  sp();
  block(e.then);
  if (e.otherwise) {
    sp();
    kwSp(sym::kw_else);
    expr(e.otherwise);
  }
}

void Emitter::matchExpr(ExprId id, const MatchExpr &m) {
  if (m.postfix) {
    expr(m.scrutinee, kPostfix);
    t(TK::Dot);
    kwSp(sym::kw_match);
  } else {
    kwSp(sym::kw_match);
    expr(m.scrutinee);
    sp();
  }
  open(Delim::Brace);
  ++level_;
  innerAttrs(ast_.exprs[id].attrs);
  for (const Arm &a : ast_.list(m.arms)) {
    nl();
    outerAttrs(a.attrs, true);
    pat(a.pat);
    if (a.guard) {
      sp();
      kwSp(sym::kw_if);
      expr(a.guard);
    }
    if (a.body) {
      sp();
      t(TK::FatArrow);
      sp();
      expr(a.body);
    }
    if (!a.body || ast_.exprs[a.body].kind != ExprKind::Block || ast_.get<BlockExpr>(a.body).label.valid())
      t(TK::Comma);
  }
  --level_;
  if (!m.arms.empty())
    nl();
  close(Delim::Brace);
}

void Emitter::structExpr(const StructExpr &s) {
  qpath(s.qself, s.path, true);
  sp();
  open(Delim::Brace);
  llvm::ArrayRef<ExprField> fields = ast_.list(s.fields);
  if (!fields.empty() || s.rest != StructRest::None)
    sp();
  commaSep(fields, [&](const ExprField &f) {
    outerAttrs(f.attrs, false);
    if (!f.shorthand) {
      name(f.ident);
      t(TK::Colon);
      sp();
    }
    expr(f.value);
  });
  if (s.rest != StructRest::None) {
    if (!fields.empty())
      comma();
    t(TK::DotDot);
    if (s.base)
      expr(s.base);
  }
  if (!fields.empty() || s.rest != StructRest::None)
    sp();
  close(Delim::Brace);
}

// format_args!, from its parsed pieces.
void Emitter::formatArgs(const FormatArgsExpr &f) {
  kw(sym("format_args"));
  t(TK::Bang);
  open(Delim::Paren);
  std::string text;
  auto count = [&](const FormatCount &c) {
    if (c.kind == FormatCountKind::Literal)
      text += std::to_string(c.value);
    else if (c.kind == FormatCountKind::Argument)
      text += std::to_string(c.value) + "$";
  };
  static constexpr const char *kTraits[] = {"", "?", "e", "E", "o", "p", "b", "x", "X"};
  for (const FormatPiece &p : ast_.list(f.pieces)) {
    if (p.isLiteral) {
      for (char c : sess_.str(p.text))
        text += c == '{' || c == '}' ? std::string(2, c) : std::string(1, c);
      continue;
    }
    text += "{" + std::to_string(p.arg);
    std::string plain = text;
    text += ":";
    size_t before = text.size();
    if (p.align != FormatAlign::Unknown) {
      if (p.fill)
        lex::appendUtf8(text, p.fill);
      text += p.align == FormatAlign::Left ? "<" : p.align == FormatAlign::Right ? ">" : "^";
    }
    text += p.plus ? "+" : p.minus ? "-" : "";
    text += p.alternate ? "#" : "";
    text += p.zeroPad ? "0" : "";
    count(p.width);
    if (p.precision.kind != FormatCountKind::Implied) {
      text += ".";
      count(p.precision);
    }
    text += p.debugLowerHex ? "x" : p.debugUpperHex ? "X" : "";
    text += kTraits[size_t(p.trait)];
    if (text.size() == before)
      text = plain;
    text += "}";
  }
  string(text);
  for (const FormatArg &a : ast_.list(f.args)) {
    comma();
    expr(a.value); // named ones too: the template refers to all by number
  }
  close(Delim::Paren);
}

void Emitter::exprKind(ExprId id) {
  const Expr &n = ast_.exprs[id];
  switch (n.kind) {
  case ExprKind::Err:
    open(Delim::Paren);
    return close(Delim::Paren);
  case ExprKind::Lit: return literal(ast_.get<LitExpr>(id).lit);
  case ExprKind::Path: return qpath(ast_.get<PathExpr>(id).qself, ast_.get<PathExpr>(id).path, true);
  case ExprKind::Unary: {
    const UnaryExpr &u = ast_.get<UnaryExpr>(id);
    t(u.op == UnOp::Deref ? TK::Star : u.op == UnOp::Not ? TK::Bang : TK::Minus);
    return operand(u.operand);
  }
  case ExprKind::Binary: return binary(ast_.get<BinaryExpr>(id));
  case ExprKind::Assign: {
    const AssignExpr &a = ast_.get<AssignExpr>(id);
    expr(a.lhs, kAssign + 1);
    sp();
    t(TK::Eq);
    sp();
    return rhs(a.rhs, kAssign);
  }
  case ExprKind::AssignOp: {
    const AssignOpExpr &a = ast_.get<AssignOpExpr>(id);
    expr(a.lhs, kAssign + 1);
    sp();
    t(assignTokenOf(a.op));
    sp();
    return rhs(a.rhs, kAssign);
  }
  case ExprKind::AddrOf: {
    const AddrOfExpr &a = ast_.get<AddrOfExpr>(id);
    t(TK::And);
    if (a.borrow == BorrowKind::Ref) {
      mut(a.mut);
    } else {
      kwSp(a.borrow == BorrowKind::Raw ? sym::kw_raw : sym::pin);
      kwSp(a.mut == Mutability::Mut ? sym::kw_mut : sym::kw_const);
    }
    return operand(a.operand);
  }
  case ExprKind::Cast: {
    const CastExpr &c = ast_.get<CastExpr>(id);
    expr(c.operand, kAs);
    sp();
    kwSp(sym::kw_as);
    return type(c.ty);
  }
  case ExprKind::Ascribe: {
    const AscribeExpr &a = ast_.get<AscribeExpr>(id);
    builtin(sym::type_ascribe);
    open(Delim::Paren);
    expr(a.operand);
    comma();
    type(a.ty);
    return close(Delim::Paren);
  }
  case ExprKind::Let: {
    const LetExpr &l = ast_.get<LetExpr>(id);
    kwSp(sym::kw_let);
    pat(l.pat);
    sp();
    t(TK::Eq);
    sp();
    return rhs(l.init, kCompare);
  }
  case ExprKind::If: return ifExpr(ast_.get<IfExpr>(id));
  case ExprKind::While: {
    const WhileExpr &w = ast_.get<WhileExpr>(id);
    label(w.label);
    kwSp(sym::kw_while);
    expr(w.cond);
    sp();
    return block(w.body, n.attrs);
  }
  case ExprKind::Loop: {
    const LoopExpr &l = ast_.get<LoopExpr>(id);
    label(l.label);
    kwSp(sym::kw_loop);
    return block(l.body, n.attrs);
  }
  case ExprKind::ForLoop: {
    const ForLoopExpr &f = ast_.get<ForLoopExpr>(id);
    label(f.label);
    kwSp(sym::kw_for);
    if (f.isAwait)
      kwSp(sym::kw_await);
    pat(f.pat);
    sp();
    kwSp(sym::kw_in);
    expr(f.iter);
    sp();
    return block(f.body, n.attrs);
  }
  case ExprKind::Match: return matchExpr(id, ast_.get<MatchExpr>(id));
  case ExprKind::Closure: return closure(ast_.get<ClosureExpr>(id));
  case ExprKind::Block: {
    const BlockExpr &b = ast_.get<BlockExpr>(id);
    label(b.label);
    return block(b.block, n.attrs);
  }
  case ExprKind::Gen: {
    const GenExpr &g = ast_.get<GenExpr>(id);
    coroutine(g.coroutine);
    capture(g.capture);
    return block(g.block, n.attrs);
  }
  case ExprKind::ConstBlock:
    kwSp(sym::kw_const);
    return expr(ast_.get<ConstBlockExpr>(id).konst.value);
  case ExprKind::TryBlock: {
    const TryBlockExpr &b = ast_.get<TryBlockExpr>(id);
    kwSp(sym::kw_try);
    if (b.ty) {
      kwSp(sym::bikeshed);
      type(b.ty);
      sp();
    }
    return block(b.block, n.attrs);
  }
  case ExprKind::Call: {
    const CallExpr &c = ast_.get<CallExpr>(id);
    bool field = ast_.exprs[c.callee].kind == ExprKind::Field && !llvm::isDigit(sess_.str(ast_.get<FieldExpr>(c.callee).field).front());
    expr(c.callee, field ? kPostfix + 1 : kPostfix);
    open(Delim::Paren);
    exprList(c.args);
    return close(Delim::Paren);
  }
  case ExprKind::MethodCall: {
    const MethodCallExpr &m = ast_.get<MethodCallExpr>(id);
    expr(m.receiver, kPostfix);
    t(TK::Dot);
    name(m.segment.ident);
    if (m.segment.args)
      genericArgs(m.segment.args, true);
    open(Delim::Paren);
    exprList(m.args);
    return close(Delim::Paren);
  }
  case ExprKind::Field: {
    const FieldExpr &f = ast_.get<FieldExpr>(id);
    expr(f.base, kPostfix);
    t(TK::Dot);
    return name(f.field);
  }
  case ExprKind::Index: {
    const IndexExpr &i = ast_.get<IndexExpr>(id);
    expr(i.base, kPostfix);
    open(Delim::Bracket);
    expr(i.index);
    return close(Delim::Bracket);
  }
  case ExprKind::Range: return rangeExpr(ast_.get<RangeExpr>(id));
  case ExprKind::Tuple: {
    const TupleExpr &e = ast_.get<TupleExpr>(id);
    open(Delim::Paren);
    exprList(e.elems);
    if (e.elems.len == 1)
      t(TK::Comma);
    return close(Delim::Paren);
  }
  case ExprKind::Array:
    open(Delim::Bracket);
    exprList(ast_.get<ArrayExpr>(id).elems);
    return close(Delim::Bracket);
  case ExprKind::Repeat: {
    const RepeatExpr &r = ast_.get<RepeatExpr>(id);
    open(Delim::Bracket);
    expr(r.elem);
    t(TK::Semi);
    sp();
    expr(r.count.value);
    return close(Delim::Bracket);
  }
  case ExprKind::Struct: return structExpr(ast_.get<StructExpr>(id));
  case ExprKind::Ret: return jump(sym::kw_return, ast_.get<RetExpr>(id).value);
  case ExprKind::Break: {
    const BreakExpr &b = ast_.get<BreakExpr>(id);
    kw(sym::kw_break);
    if (b.label.valid()) {
      sp();
      lifetime(b.label.ident);
    }
    if (b.value) {
      sp();
      expr(b.value);
    }
    return;
  }
  case ExprKind::Continue:
    kw(sym::kw_continue);
    if (ast_.get<ContinueExpr>(id).label.valid()) {
      sp();
      lifetime(ast_.get<ContinueExpr>(id).label.ident);
    }
    return;
  case ExprKind::Become: return jump(sym::kw_become, ast_.get<BecomeExpr>(id).value);
  case ExprKind::Yield: {
    const YieldExpr &y = ast_.get<YieldExpr>(id);
    if (!y.postfix)
      return jump(sym::kw_yield, y.value);
    expr(y.value, kPostfix);
    t(TK::Dot);
    return kw(sym::kw_yield);
  }
  case ExprKind::Yeet:
    kwSp(sym::kw_do);
    return jump(sym::kw_yeet, ast_.get<YeetExpr>(id).value);
  case ExprKind::Await:
    expr(ast_.get<AwaitExpr>(id).operand, kPostfix);
    t(TK::Dot);
    return kw(sym::kw_await);
  case ExprKind::Use:
    expr(ast_.get<UseExpr>(id).operand, kPostfix);
    t(TK::Dot);
    return kw(sym::kw_use);
  case ExprKind::Try:
    expr(ast_.get<TryExpr>(id).operand, kPostfix);
    return t(TK::Question);
  case ExprKind::Paren:
    open(Delim::Paren);
    expr(ast_.get<ParenExpr>(id).inner);
    return close(Delim::Paren);
  case ExprKind::Underscore: return kw(sym::underscore);
  case ExprKind::MacroCall: return macCall(ast_.get<MacroCallExpr>(id).mac);
  case ExprKind::FormatArgs: return formatArgs(ast_.get<FormatArgsExpr>(id));
  case ExprKind::InlineAsm: return inlineAsm(ast_.get<InlineAsmExpr>(id).inner);
  case ExprKind::OffsetOf: {
    const OffsetOfExpr &o = ast_.get<OffsetOfExpr>(id);
    builtin(sym::offset_of);
    open(Delim::Paren);
    type(o.container);
    comma();
    bool first = true;
    for (Ident f : ast_.list(o.fields)) {
      if (!first)
        t(TK::Dot);
      first = false;
      name(f);
    }
    return close(Delim::Paren);
  }
  case ExprKind::IncludedBytes: {
    Literal l;
    l.kind = lex::LitKind::ByteStr;
    l.sym = sym(lex::escapeForLiteral(sess_.str(ast_.get<IncludedBytesExpr>(id).bytes), l.kind));
    return literal(l);
  }
  case ExprKind::UnsafeBinderCast: {
    const UnsafeBinderCastExpr &u = ast_.get<UnsafeBinderCastExpr>(id);
    builtin(u.wrap ? sym::wrap_binder : sym::unwrap_binder);
    open(Delim::Paren);
    expr(u.operand);
    if (u.ty) {
      comma();
      type(u.ty);
    }
    return close(Delim::Paren);
  }
  }
}

// ---- statements ----

void Emitter::block(BlockId id, AttrsId inner) {
  const Block &b = ast_.blocks[id];
  if (b.isUnsafe)
    kwSp(sym::kw_unsafe);
  open(Delim::Brace);
  ++level_;
  size_t before = tokens.size();
  innerAttrs(inner);
  for (StmtId s : ast_.list(b.stmts))
    stmt(s);
  --level_;
  if (tokens.size() != before)
    nl();
  close(Delim::Brace);
}

// A block-like expression at the start of a statement ends the statement, so an operand there needs parentheses: the one to wrap
// in the statement that `root` is, or none. `match x {}.f()` goes on without them.
static ExprId operandAtStart(const Ast &ast, ExprId root) {
  bool operand = false;
  for (ExprId e = root; e;) {
    const ExprKind kind = ast.exprs[e].kind;
    switch (kind) {
    case ExprKind::If: case ExprKind::Match: case ExprKind::Block: case ExprKind::While: case ExprKind::Loop:
    case ExprKind::ForLoop: case ExprKind::TryBlock: case ExprKind::ConstBlock:
      return operand && !(kind == ExprKind::Match && ast.get<MatchExpr>(e).postfix) ? e : ExprId();
    case ExprKind::Binary: operand = true; e = ast.get<BinaryExpr>(e).lhs; break;
    case ExprKind::Assign: operand = true; e = ast.get<AssignExpr>(e).lhs; break;
    case ExprKind::AssignOp: operand = true; e = ast.get<AssignOpExpr>(e).lhs; break;
    case ExprKind::Cast: operand = true; e = ast.get<CastExpr>(e).operand; break;
    case ExprKind::Range: operand = true; e = ast.get<RangeExpr>(e).lo; break;
    case ExprKind::Index: operand = true; e = ast.get<IndexExpr>(e).base; break;
    case ExprKind::Call: operand = true; e = ast.get<CallExpr>(e).callee; break;
    case ExprKind::MethodCall: operand = false; e = ast.get<MethodCallExpr>(e).receiver; break;
    case ExprKind::Field: operand = false; e = ast.get<FieldExpr>(e).base; break;
    case ExprKind::Await: operand = false; e = ast.get<AwaitExpr>(e).operand; break;
    case ExprKind::Try: operand = false; e = ast.get<TryExpr>(e).operand; break;
    default: return ExprId();
    }
  }
  return ExprId();
}

void Emitter::stmtExpr(ExprId id) {
  ExprId outer = std::exchange(statementParens_, operandAtStart(ast_, id));
  expr(id);
  statementParens_ = outer;
}

void Emitter::stmt(StmtId id) {
  const Stmt &n = ast_.stmts[id];
  if (n.kind == StmtKind::Expansion) {
    for (StmtId s : ast_.list(ast_.get<ExpansionStmt>(id).stmts))
      stmt(s);
    return;
  }
  if (n.kind == StmtKind::Item)
    return item(ast_.get<ItemStmt>(id).item);
  nl();
  outerAttrs(n.attrs, true);
  switch (n.kind) {
  case StmtKind::Let: {
    const LetStmt &l = ast_.get<LetStmt>(id);
    if (l.isSuper)
      kwSp(sym::kw_super);
    kwSp(sym::kw_let);
    pat(l.pat);
    if (l.ty) {
      t(TK::Colon);
      sp();
      type(l.ty);
    }
    if (l.init) {
      sp();
      t(TK::Eq);
      sp();
      expr(l.init);
    }
    if (l.otherwise) {
      sp();
      kwSp(sym::kw_else);
      block(l.otherwise);
    }
    return t(TK::Semi);
  }
  case StmtKind::Expr: return stmtExpr(ast_.get<ExprStmt>(id).expr);
  case StmtKind::Semi:
    stmtExpr(ast_.get<SemiStmt>(id).expr);
    return t(TK::Semi);
  case StmtKind::Empty: return t(TK::Semi);
  case StmtKind::MacroCall: {
    const MacroCallStmt &m = ast_.get<MacroCallStmt>(id);
    macCall(m.mac);
    if (m.style == MacStmtStyle::Semicolon)
      t(TK::Semi);
    return;
  }
  default:
    return;
  }
}

} // namespace ferric::ast
