// Expressions that keep their shape, and the nodes that desugaring is built of (Reference: expressions;
// rustc_ast_lowering::expr). What changes shape is in desugar.cpp, assign.cpp, closure.cpp, format.cpp and asm.cpp.
#include "lower/lowering.h"

namespace ferric::lower {

// ---- making nodes ----

const hir::Expr *Lowering::callOf(Span span, const hir::Expr *callee, ArrayRef<const hir::Expr *> args) {
  hir::CallExpr *e = make<hir::CallExpr>(span);
  e->callee = callee;
  e->args = arr(args);
  return e;
}
const hir::Expr *Lowering::pathExprOf(Span span, const hir::QPath &path) {
  hir::PathExpr *e = make<hir::PathExpr>(span);
  e->path = path;
  return e;
}
const hir::Expr *Lowering::callLang(llvm::StringRef fn, Span span, ArrayRef<const hir::Expr *> args) {
  const hir::Expr *callee = pathExprOf(span, langItemPath(fn, span));
  return callOf(span, callee, args);
}
const hir::Expr *Lowering::localExpr(Span span, Ident ident, hir::LocalId local) {
  Res res;
  res.kind = ResKind::Local;
  res.local = local.raw;
  hir::PathSegment *s = alloc(hir::PathSegment{});
  s->ident = ident;
  s->id = newId();
  s->res = res;
  hir::QPath q;
  q.path = alloc(hir::Path{span, res, ArrayRef<hir::PathSegment>(s, 1)});
  q.span = span;
  return pathExprOf(span, q);
}
const hir::Expr *Lowering::unitExpr(Span span) { return make<hir::TupleExpr>(span); }
const hir::Expr *Lowering::addrOf(Span span, const hir::Expr *operand, hir::Mutability m) {
  hir::AddrOfExpr *e = make<hir::AddrOfExpr>(span);
  e->borrow = hir::BorrowKind::Ref;
  e->mut = m;
  e->operand = operand;
  return e;
}
const hir::Expr *Lowering::strLit(Span span, llvm::StringRef text, lex::LitKind kind) {
  hir::LitExpr *e = make<hir::LitExpr>(span);
  e->lit.kind = kind;
  e->lit.sym = intern(text);
  e->lit.span = span;
  return e;
}
const hir::Expr *Lowering::breakTo(Span span, HirId target, const hir::Expr *value) {
  hir::BreakExpr *e = make<hir::BreakExpr>(span);
  e->target = target;
  e->value = value;
  e->label = Ident{Symbol(), span};
  return e;
}
const hir::Expr *Lowering::dropTemps(Span span, const hir::Expr *inner) {
  hir::DropTempsExpr *e = make<hir::DropTempsExpr>(span);
  e->inner = inner;
  return e;
}
const hir::Arm *Lowering::arm(Span span, const hir::Pat *p, const hir::Expr *body) {
  hir::Arm *a = alloc(hir::Arm{});
  a->id = newId();
  a->pat = p;
  a->body = body;
  a->span = span;
  return a;
}
const hir::Expr *Lowering::matchOf(Span span, const hir::Expr *scrutinee, ArrayRef<const hir::Arm *> arms, hir::MatchSource source) {
  hir::MatchExpr *e = make<hir::MatchExpr>(span);
  e->scrutinee = scrutinee;
  e->arms = arr(arms);
  e->source = source;
  return e;
}

Span Lowering::desugared(Span span, DesugaringKind kind) {
  ExpnData d;
  d.kind = ExpnKind::Desugaring;
  d.desugaring = kind;
  d.edition = uint16_t(sess.hygiene.edition(span, crate.edition));
  d.parent = sess.hygiene.outerExpn(span.ctxt);
  d.callSite = span;
  d.defSite = span;
  d.parentModule = crates.module(scope_).normal;
  ExpnId id = sess.hygiene.addExpn(d);
  return span.withCtxt(sess.hygiene.applyMark(SyntaxContext(), id, Transparency::Transparent));
}

const hir::Expr *Lowering::unsupported(Span span, const char *what) {
  error(span, "", llvm::Twine("internal: ") + what + " is not supported yet");
  return make<hir::ErrExpr>(span);
}

// ---- the walk ----

ArrayRef<const hir::Expr *> Lowering::exprs(List<ast::ExprId> list) {
  SmallVector<const hir::Expr *, 8> out;
  for (ast::ExprId e : ast.list(list))
    out.push_back(expr(e));
  return arr(out);
}

const hir::Expr *Lowering::expr(ast::ExprId id) {
  while (ast.exprs[id].kind == ast::ExprKind::Paren)
    id = node<ast::ParenExpr>(id).inner;
  if (tooDeep(ast.exprs[id].span))
    return make<hir::ErrExpr>(ast.exprs[id].span);
  noteAttrs(ast.exprs[id].span, ast.exprs[id].attrs);
  ++depth_;
  const hir::Expr *e = exprInner(id);
  --depth_;
  return e;
}

const hir::Expr *Lowering::pathExpr(ast::ExprId id, const ast::PathExpr &p, PathSource source) {
  hir::PathExpr *e = make<hir::PathExpr>(ast.exprs[id].span);
  Res full;
  e->path = qpath(p.qself, p.path, source, &full);
  if (full.isErr() && e->path.kind == hir::QPathKind::Resolved)
    return make<hir::ErrExpr>(e->id, e->span);
  return e;
}

static bool hasLegacyConstGenerics(const Crates &crates, DefId fn) {
  return crates.kind(fn) == DefKind::Fn && crates.def(fn).attrs.valid();
}

const hir::Expr *Lowering::call(ast::ExprId id, const ast::CallExpr &c) {
  ast::ExprId callee = c.callee;
  while (ast.exprs[callee].kind == ast::ExprKind::Paren)
    callee = node<ast::ParenExpr>(callee).inner;
  const hir::Expr *f = ast.exprs[callee].kind == ast::ExprKind::Path ? pathExpr(callee, node<ast::PathExpr>(callee), PathSource::Callee) : expr(callee);
  if (const hir::PathExpr *p = llvm::dyn_cast<hir::PathExpr>(f);
      p && p->path.kind == hir::QPathKind::Resolved && !p->path.self && p->path.path->res.isDef(DefKind::Fn) &&
      hasLegacyConstGenerics(crates, p->path.path->res.def) && !p->path.path->segments.back().args) {
    DefId fn = p->path.path->res.def;
    if (const ast::Attr *a = crates.findAttr(fn, intern("rustc_legacy_const_generics"))) {
      SmallVector<uint64_t, 2> indices;
      for (const lex::Token &t : lex::tokens(crates.ast(fn).tokens, a->args)) {
        uint64_t n = 0;
        if (t.is(lex::TokenKind::Literal) && !sess.str(t.sym).getAsInteger(10, n))
          indices.push_back(n);
      }
      return legacyConstGenerics(id, c, f, indices);
    }
  }
  hir::CallExpr *e = make<hir::CallExpr>(ast.exprs[id].span);
  e->callee = f;
  e->args = exprs(c.args);
  return e;
}

// `f(a, 3)` -> `f::<3>(a)` (rustc_legacy_const_generics: vendor intrinsics with immediate operands).
const hir::Expr *Lowering::legacyConstGenerics(ast::ExprId id, const ast::CallExpr &c, const hir::Expr *callee, ArrayRef<uint64_t> indices) {
  SmallVector<hir::GenericArg, 2> generic;
  SmallVector<const hir::Expr *, 4> args;
  ArrayRef<ast::ExprId> list = ast.list(c.args);
  for (size_t i = 0; i < list.size(); ++i) {
    if (!llvm::is_contained(indices, i)) {
      args.push_back(expr(list[i]));
      continue;
    }
    hir::GenericArg a;
    a.kind = hir::GenericArgKind::Const;
    a.konst = constArgOfExpr(list[i], false);
    a.id = newId();
    a.span = ast.exprs[list[i]].span;
    generic.push_back(a);
  }
  const hir::PathExpr *p = llvm::cast<hir::PathExpr>(callee);
  SmallVector<hir::PathSegment, 4> segments(p->path.path->segments.begin(), p->path.path->segments.end());
  hir::GenericArgs *g = alloc(hir::GenericArgs{});
  g->args = arr(generic);
  g->span = callee->span;
  segments.back().args = g;
  segments.back().inferArgs = false;
  hir::QPath q = p->path;
  q.path = alloc(hir::Path{p->path.path->span, p->path.path->res, arr(segments)});
  return callOf(ast.exprs[id].span, pathExprOf(callee->span, q), args);
}

const hir::Expr *Lowering::structLiteral(ast::ExprId id, const ast::StructExpr &s) {
  hir::StructExpr *e = make<hir::StructExpr>(ast.exprs[id].span);
  e->path = qpath(s.qself, s.path, PathSource::Struct);
  SmallVector<hir::ExprField, 8> fields;
  for (const ast::ExprField &f : ast.list(s.fields)) {
    hir::ExprField x;
    x.id = newId();
    x.ident = f.ident;
    x.shorthand = f.shorthand;
    x.span = f.span;
    x.value = expr(f.value);
    fields.push_back(x);
  }
  e->fields = arr(fields);
  e->rest = s.rest;
  if (s.rest == ast::StructRest::Base)
    e->base = expr(s.base);
  return e;
}

const hir::Expr *Lowering::matchExpr(ast::ExprId id, const ast::MatchExpr &m) {
  hir::MatchExpr *e = make<hir::MatchExpr>(ast.exprs[id].span);
  e->source = m.postfix ? hir::MatchSource::Postfix : hir::MatchSource::Normal;
  e->scrutinee = expr(m.scrutinee);
  SmallVector<const hir::Arm *, 8> arms;
  for (const ast::Arm &a : ast.list(m.arms)) {
    hir::Arm *x = alloc(hir::Arm{});
    x->id = newId();
    x->span = a.span;
    size_t mark = ribs_.mark();
    x->pat = pat(a.pat);
    if (a.guard)
      x->guard = expr(a.guard);
    if (a.body) {
      x->body = expr(a.body);
    } else {
      // `!` patterns have no body: one of type `!`.
      hir::LoopExpr *l = make<hir::LoopExpr>(a.span);
      l->body = makeBlock(a.span, {}, nullptr);
      l->label = Ident{Symbol(), a.span};
      x->body = l;
    }
    ribs_.reset(mark);
    arms.push_back(x);
  }
  e->arms = arr(arms);
  return e;
}

const hir::Expr *Lowering::constBlock(ast::ExprId id, const ast::ConstBlockExpr &c) {
  hir::ConstBlockExpr *e = make<hir::ConstBlockExpr>(ast.exprs[id].span);
  e->def = addDef(DefKind::InlineConst, e->span, {AstRefKind::Expr, id.raw});
  DefId outer = parentDef_;
  parentDef_ = e->def;
  size_t mark = ribs_.mark();
  ribs_.pushBarrier(Barrier::Const);
  {
    SeparateControlFlow separate(*this, inClosure_, std::nullopt);
    e->body = expr(c.konst.value);
  }
  ribs_.reset(mark);
  parentDef_ = outer;
  return e;
}

const hir::Expr *Lowering::exprInner(ast::ExprId id) {
  const ast::Expr &n = ast.exprs[id];
  Span span = n.span;
  switch (n.kind) {
  case ast::ExprKind::Err:
  case ast::ExprKind::MacroCall:
    return make<hir::ErrExpr>(span);
  case ast::ExprKind::Paren:
    return expr(id);
  case ast::ExprKind::Lit: {
    hir::LitExpr *e = make<hir::LitExpr>(span);
    e->lit = node<ast::LitExpr>(id).lit;
    return e;
  }
  case ast::ExprKind::IncludedBytes: {
    hir::LitExpr *e = make<hir::LitExpr>(span);
    e->lit.kind = lex::LitKind::ByteStrRaw;
    e->lit.sym = node<ast::IncludedBytesExpr>(id).bytes;
    e->lit.span = span;
    return e;
  }
  case ast::ExprKind::Path:
    return pathExpr(id, node<ast::PathExpr>(id), PathSource::Expr);
  case ast::ExprKind::Unary: {
    hir::UnaryExpr *e = make<hir::UnaryExpr>(span);
    e->op = node<ast::UnaryExpr>(id).op;
    e->operand = expr(node<ast::UnaryExpr>(id).operand);
    return e;
  }
  case ast::ExprKind::Binary: {
    const ast::BinaryExpr &b = node<ast::BinaryExpr>(id);
    hir::BinaryExpr *e = make<hir::BinaryExpr>(span);
    e->op = b.op;
    e->opSpan = b.opSpan;
    e->lhs = expr(b.lhs);
    e->rhs = expr(b.rhs);
    return e;
  }
  case ast::ExprKind::Assign:
    return assign(id, node<ast::AssignExpr>(id));
  case ast::ExprKind::AssignOp: {
    const ast::AssignOpExpr &a = node<ast::AssignOpExpr>(id);
    hir::AssignOpExpr *e = make<hir::AssignOpExpr>(span);
    e->op = a.op;
    e->opSpan = a.opSpan;
    e->lhs = expr(a.lhs);
    e->rhs = expr(a.rhs);
    return e;
  }
  case ast::ExprKind::AddrOf: {
    const ast::AddrOfExpr &a = node<ast::AddrOfExpr>(id);
    hir::AddrOfExpr *e = make<hir::AddrOfExpr>(span);
    e->borrow = a.borrow;
    e->mut = a.mut;
    e->operand = expr(a.operand);
    return e;
  }
  case ast::ExprKind::Cast: {
    hir::CastExpr *e = make<hir::CastExpr>(span);
    e->operand = expr(node<ast::CastExpr>(id).operand);
    e->ty = ty(node<ast::CastExpr>(id).ty);
    return e;
  }
  case ast::ExprKind::Ascribe: {
    hir::AscribeExpr *e = make<hir::AscribeExpr>(span);
    e->operand = expr(node<ast::AscribeExpr>(id).operand);
    e->ty = ty(node<ast::AscribeExpr>(id).ty);
    return e;
  }
  case ast::ExprKind::Let: {
    hir::LetExpr *e = make<hir::LetExpr>(span);
    e->init = expr(node<ast::LetExpr>(id).init);
    e->pat = pat(node<ast::LetExpr>(id).pat);
    return e;
  }
  case ast::ExprKind::If: return ifExpr(id, node<ast::IfExpr>(id));
  case ast::ExprKind::While: return whileLoop(id, node<ast::WhileExpr>(id));
  case ast::ExprKind::Loop: return loopExpr(id, node<ast::LoopExpr>(id));
  case ast::ExprKind::ForLoop: return forLoop(id, node<ast::ForLoopExpr>(id));
  case ast::ExprKind::Match: return matchExpr(id, node<ast::MatchExpr>(id));
  case ast::ExprKind::Closure: return closure(id, node<ast::ClosureExpr>(id));
  case ast::ExprKind::Block: return blockExpr(id, node<ast::BlockExpr>(id));
  case ast::ExprKind::Gen: {
    const ast::GenExpr &g = node<ast::GenExpr>(id);
    if (g.coroutine != ast::CoroutineKind::Async)
      return unsupported(span, "a `gen` block");
    return asyncBlock(span, {AstRefKind::Expr, id.raw}, g.capture, g.block);
  }
  case ast::ExprKind::ConstBlock: return constBlock(id, node<ast::ConstBlockExpr>(id));
  case ast::ExprKind::TryBlock: return tryBlock(id, node<ast::TryBlockExpr>(id));
  case ast::ExprKind::Call: return call(id, node<ast::CallExpr>(id));
  case ast::ExprKind::MethodCall: {
    const ast::MethodCallExpr &m = node<ast::MethodCallExpr>(id);
    hir::MethodCallExpr *e = make<hir::MethodCallExpr>(span);
    e->receiver = expr(m.receiver);
    lowerSegment(m.segment, Res::err(), e->segment);
    e->args = exprs(m.args);
    e->fnSpan = m.span;
    return e;
  }
  case ast::ExprKind::Field: {
    hir::FieldExpr *e = make<hir::FieldExpr>(span);
    e->base = expr(node<ast::FieldExpr>(id).base);
    e->field = node<ast::FieldExpr>(id).field;
    return e;
  }
  case ast::ExprKind::Index: {
    hir::IndexExpr *e = make<hir::IndexExpr>(span);
    e->base = expr(node<ast::IndexExpr>(id).base);
    e->index = expr(node<ast::IndexExpr>(id).index);
    return e;
  }
  case ast::ExprKind::Range: return range(id, node<ast::RangeExpr>(id));
  case ast::ExprKind::Tuple: {
    hir::TupleExpr *e = make<hir::TupleExpr>(span);
    e->elems = exprs(node<ast::TupleExpr>(id).elems);
    return e;
  }
  case ast::ExprKind::Array: {
    hir::ArrayExpr *e = make<hir::ArrayExpr>(span);
    e->elems = exprs(node<ast::ArrayExpr>(id).elems);
    return e;
  }
  case ast::ExprKind::Repeat: {
    hir::RepeatExpr *e = make<hir::RepeatExpr>(span);
    e->elem = expr(node<ast::RepeatExpr>(id).elem);
    e->count = constArg(node<ast::RepeatExpr>(id).count, true);
    return e;
  }
  case ast::ExprKind::Struct: return structLiteral(id, node<ast::StructExpr>(id));
  case ast::ExprKind::Ret: {
    hir::RetExpr *e = make<hir::RetExpr>(span);
    if (node<ast::RetExpr>(id).value)
      e->value = expr(node<ast::RetExpr>(id).value);
    return e;
  }
  case ast::ExprKind::Break: return breakExpr(id, node<ast::BreakExpr>(id));
  case ast::ExprKind::Continue: return continueExpr(id, node<ast::ContinueExpr>(id));
  case ast::ExprKind::Become: {
    hir::BecomeExpr *e = make<hir::BecomeExpr>(span);
    e->value = expr(node<ast::BecomeExpr>(id).value);
    return e;
  }
  case ast::ExprKind::Yield: return unsupported(span, "`yield`");
  case ast::ExprKind::Await: return awaitExpr(id, node<ast::AwaitExpr>(id));
  case ast::ExprKind::Yeet: return yeet(id, node<ast::YeetExpr>(id));
  case ast::ExprKind::Use: {
    hir::ByUseExpr *e = make<hir::ByUseExpr>(span);
    e->operand = expr(node<ast::UseExpr>(id).operand);
    return e;
  }
  case ast::ExprKind::Try: return tryExpr(id, node<ast::TryExpr>(id));
  case ast::ExprKind::Underscore:
    error(span, "", "in expressions, `_` can only be used on the left-hand side of an assignment").label(span, "`_` not allowed here");
    return make<hir::ErrExpr>(span);
  case ast::ExprKind::FormatArgs: return formatArgs(id, node<ast::FormatArgsExpr>(id));
  case ast::ExprKind::InlineAsm: return inlineAsm(id, node<ast::InlineAsmExpr>(id));
  case ast::ExprKind::OffsetOf: {
    hir::OffsetOfExpr *e = make<hir::OffsetOfExpr>(span);
    e->container = ty(node<ast::OffsetOfExpr>(id).container);
    e->fields = arr(ast.list(node<ast::OffsetOfExpr>(id).fields));
    return e;
  }
  case ast::ExprKind::UnsafeBinderCast: {
    const ast::UnsafeBinderCastExpr &u = node<ast::UnsafeBinderCastExpr>(id);
    hir::UnsafeBinderCastExpr *e = make<hir::UnsafeBinderCastExpr>(span);
    e->wrap = u.wrap;
    e->operand = expr(u.operand);
    e->ty = u.ty ? ty(u.ty) : nullptr;
    return e;
  }
  }
  UNREACHABLE("expression kind");
}

} // namespace ferric::lower
