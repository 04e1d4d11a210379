// The walk itself: one case per kind, children in source order. Types are not walked; nothing in
// type checking looks for expressions in types (anonymous constants are bodies of their own).
#include "llvm/ADT/STLFunctionalExtras.h"
#include "typeck/walk.h"

namespace ferric::typeck {

using namespace hir;
using llvm::cast;

void HirVisitor::walkExpr(const Expr *e) {
  switch (e->kind) {
  case ExprKind::Err: case ExprKind::Lit: case ExprKind::Path: case ExprKind::Continue: case ExprKind::OffsetOf:
    return;
  case ExprKind::ConstBlock: return visitExpr(cast<ConstBlockExpr>(e)->body);
  case ExprKind::Array: for (const Expr *c : cast<ArrayExpr>(e)->elems) visitExpr(c); return;
  case ExprKind::Call: {
    const CallExpr *c = cast<CallExpr>(e);
    visitExpr(c->callee);
    for (const Expr *a : c->args) visitExpr(a);
    return;
  }
  case ExprKind::MethodCall: {
    const MethodCallExpr *c = cast<MethodCallExpr>(e);
    visitExpr(c->receiver);
    for (const Expr *a : c->args) visitExpr(a);
    return;
  }
  case ExprKind::Tuple: for (const Expr *c : cast<TupleExpr>(e)->elems) visitExpr(c); return;
  case ExprKind::Binary: visitExpr(cast<BinaryExpr>(e)->lhs); return visitExpr(cast<BinaryExpr>(e)->rhs);
  case ExprKind::Unary: return visitExpr(cast<UnaryExpr>(e)->operand);
  case ExprKind::Cast: return visitExpr(cast<CastExpr>(e)->operand);
  case ExprKind::Ascribe: return visitExpr(cast<AscribeExpr>(e)->operand);
  case ExprKind::DropTemps: return visitExpr(cast<DropTempsExpr>(e)->inner);
  case ExprKind::Let: visitExpr(cast<LetExpr>(e)->init); return visitPat(cast<LetExpr>(e)->pat);
  case ExprKind::If: {
    const IfExpr *i = cast<IfExpr>(e);
    visitExpr(i->cond);
    visitExpr(i->then);
    if (i->otherwise) visitExpr(i->otherwise);
    return;
  }
  case ExprKind::Loop: return visitBlock(cast<LoopExpr>(e)->body);
  case ExprKind::Match: {
    visitExpr(cast<MatchExpr>(e)->scrutinee);
    for (const Arm *a : cast<MatchExpr>(e)->arms) visitArm(a);
    return;
  }
  case ExprKind::Closure: {
    const ClosureExpr *c = cast<ClosureExpr>(e);
    for (const Param &p : c->params) visitPat(p.pat);
    return visitExpr(c->body);
  }
  case ExprKind::Block: return visitBlock(cast<BlockExpr>(e)->block);
  case ExprKind::Assign: visitExpr(cast<AssignExpr>(e)->rhs); return visitExpr(cast<AssignExpr>(e)->lhs);
  case ExprKind::AssignOp: visitExpr(cast<AssignOpExpr>(e)->rhs); return visitExpr(cast<AssignOpExpr>(e)->lhs);
  case ExprKind::Field: return visitExpr(cast<FieldExpr>(e)->base);
  case ExprKind::Index: visitExpr(cast<IndexExpr>(e)->base); return visitExpr(cast<IndexExpr>(e)->index);
  case ExprKind::AddrOf: return visitExpr(cast<AddrOfExpr>(e)->operand);
  case ExprKind::Break: if (const Expr *v = cast<BreakExpr>(e)->value) visitExpr(v); return;
  case ExprKind::Ret: if (const Expr *v = cast<RetExpr>(e)->value) visitExpr(v); return;
  case ExprKind::Become: return visitExpr(cast<BecomeExpr>(e)->value);
  case ExprKind::InlineAsm:
    for (const AsmOperand &o : cast<InlineAsmExpr>(e)->inner.operands) walkAsmOperand(o);
    return;
  case ExprKind::Struct: {
    const StructExpr *s = cast<StructExpr>(e);
    for (const ExprField &f : s->fields) visitExpr(f.value);
    if (s->base) visitExpr(s->base);
    return;
  }
  case ExprKind::Repeat: return visitExpr(cast<RepeatExpr>(e)->elem);
  case ExprKind::Yield: if (const Expr *v = cast<YieldExpr>(e)->value) visitExpr(v); return;
  case ExprKind::UnsafeBinderCast: return visitExpr(cast<UnsafeBinderCastExpr>(e)->operand);
  case ExprKind::ByUse: return visitExpr(cast<ByUseExpr>(e)->operand);
  }
}

void HirVisitor::walkAsmOperand(const AsmOperand &o) {
  if (o.in) visitExpr(o.in);
  if (o.out) visitExpr(o.out);
  if (o.constBody) visitExpr(o.constBody);
  if (o.label) visitBlock(o.label);
}

void HirVisitor::walkPat(const Pat *p) {
  switch (p->kind) {
  case PatKind::Err: case PatKind::Missing: case PatKind::Wild: case PatKind::Never:
    return;
  case PatKind::Binding: if (const Pat *s = cast<BindingPat>(p)->sub) visitPat(s); return;
  case PatKind::Struct: for (const PatField &f : cast<StructPat>(p)->fields) visitPat(f.pat); return;
  case PatKind::TupleStruct: for (const Pat *c : cast<TupleStructPat>(p)->elems) visitPat(c); return;
  case PatKind::Or: for (const Pat *c : cast<OrPat>(p)->alts) visitPat(c); return;
  case PatKind::Tuple: for (const Pat *c : cast<TuplePat>(p)->elems) visitPat(c); return;
  case PatKind::Box: return visitPat(cast<BoxPat>(p)->inner);
  case PatKind::Deref: return visitPat(cast<DerefPat>(p)->inner);
  case PatKind::Ref: return visitPat(cast<RefPat>(p)->inner);
  case PatKind::Expr: return visitPatExpr(cast<ExprPat>(p)->expr);
  case PatKind::Guard: visitPat(cast<GuardPat>(p)->inner); return visitExpr(cast<GuardPat>(p)->guard);
  case PatKind::Range:
    if (const PatExpr *e = cast<RangePat>(p)->lo) visitPatExpr(*e);
    if (const PatExpr *e = cast<RangePat>(p)->hi) visitPatExpr(*e);
    return;
  case PatKind::Slice: {
    const SlicePat *s = cast<SlicePat>(p);
    for (const Pat *c : s->before) visitPat(c);
    if (s->middle) visitPat(s->middle);
    for (const Pat *c : s->after) visitPat(c);
    return;
  }
  }
}

void HirVisitor::walkBlock(const Block *b) {
  for (const Stmt &s : b->stmts) visitStmt(s);
  if (b->expr) visitExpr(b->expr);
}
void HirVisitor::walkStmt(const Stmt &s) {
  if (s.let) visitLet(s.let);
  if (s.expr) visitExpr(s.expr);
}
void HirVisitor::walkLet(const LetStmt *l) {
  if (l->init) visitExpr(l->init);
  visitPat(l->pat);
  if (l->otherwise) visitBlock(l->otherwise);
}
void HirVisitor::walkArm(const Arm *a) {
  visitPat(a->pat);
  if (a->guard) visitExpr(a->guard);
  visitExpr(a->body);
}

namespace {
struct Bindings : HirVisitor {
  bool firstAlt;
  llvm::function_ref<void(const BindingPat *)> f;
  Bindings(bool firstAlt, llvm::function_ref<void(const BindingPat *)> f) : firstAlt(firstAlt), f(f) {}
  void visitPat(const Pat *p) override {
    if (const BindingPat *b = llvm::dyn_cast<BindingPat>(p)) f(b);
    if (const OrPat *o = llvm::dyn_cast<OrPat>(p); o && firstAlt) {
      if (!o->alts.empty()) visitPat(o->alts[0]);
      return;
    }
    walkPat(p);
  }
  void visitExpr(const Expr *) override {}
};
} // namespace

void forEachBinding(const Pat *p, bool firstAlt, llvm::function_ref<void(const BindingPat *)> f) {
  Bindings v(firstAlt, f);
  v.visitPat(p);
}

int explicitRefBinding(const Pat *p) {
  int best = 0;
  forEachBinding(p, false, [&](const BindingPat *b) {
    if (b->byRef) best = std::max(best, b->refMut == Mutability::Mut ? 2 : 1);
  });
  return best;
}

} // namespace ferric::typeck
