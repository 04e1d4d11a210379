// One walk over a body that notes where each closure and inline constant begins.
#include "mir_build/nested_bodies.h"

namespace ferric::mir_build {

using namespace hir;

namespace {
struct Walker {
  mir::NestedBodies &out;

  void exprs(ArrayRef<const Expr *> es) {
    for (const Expr *e : es)
      expr(e);
  }
  void block(const Block *b) {
    for (const Stmt &s : b->stmts) {
      if (s.kind == StmtKind::Item)
        continue;
      if (s.kind != StmtKind::Let) {
        expr(s.expr);
        continue;
      }
      pat(s.let->pat);
      expr(s.let->init);
      if (s.let->otherwise)
        block(s.let->otherwise);
    }
    expr(b->expr);
  }
  void patExpr(const PatExpr *e) {
    if (!e || e->kind != PatExprKind::ConstBlock)
      return;
    out.bodies[e->constBlock] = {nullptr, e->body};
    expr(e->body);
  }
  void pats(ArrayRef<const Pat *> ps) {
    for (const Pat *p : ps)
      pat(p);
  }
  void pat(const Pat *p) {
    if (!p)
      return;
    switch (p->kind) {
    case PatKind::Binding: return pat(llvm::cast<BindingPat>(p)->sub);
    case PatKind::Struct: for (const PatField &f : llvm::cast<StructPat>(p)->fields) pat(f.pat); return;
    case PatKind::TupleStruct: return pats(llvm::cast<TupleStructPat>(p)->elems);
    case PatKind::Or: return pats(llvm::cast<OrPat>(p)->alts);
    case PatKind::Tuple: return pats(llvm::cast<TuplePat>(p)->elems);
    case PatKind::Box: return pat(llvm::cast<BoxPat>(p)->inner);
    case PatKind::Deref: return pat(llvm::cast<DerefPat>(p)->inner);
    case PatKind::Ref: return pat(llvm::cast<RefPat>(p)->inner);
    case PatKind::Expr: return patExpr(&llvm::cast<ExprPat>(p)->expr);
    case PatKind::Guard: pat(llvm::cast<GuardPat>(p)->inner); return expr(llvm::cast<GuardPat>(p)->guard);
    case PatKind::Range: patExpr(llvm::cast<RangePat>(p)->lo); return patExpr(llvm::cast<RangePat>(p)->hi);
    case PatKind::Slice: {
      const SlicePat *s = llvm::cast<SlicePat>(p);
      pats(s->before);
      pat(s->middle);
      return pats(s->after);
    }
    case PatKind::Err:
    case PatKind::Missing:
    case PatKind::Wild:
    case PatKind::Never: return;
    }
  }

  void closure(const ClosureExpr *c) {
    out.bodies[c->def] = {c, c->body};
    for (const Param &p : c->params)
      pat(p.pat);
    expr(c->body);
  }

  void asmExpr(const InlineAsm &a) {
    for (const AsmOperand &o : a.operands) {
      expr(o.in);
      expr(o.out);
      if (o.constBody) {
        out.bodies[o.constDef] = {nullptr, o.constBody};
        expr(o.constBody);
      }
      if (o.label)
        block(o.label);
    }
  }

  void expr(const Expr *e) {
    if (!e)
      return;
    switch (e->kind) {
    case ExprKind::ConstBlock:
      out.bodies[llvm::cast<ConstBlockExpr>(e)->def] = {nullptr, llvm::cast<ConstBlockExpr>(e)->body};
      return expr(llvm::cast<ConstBlockExpr>(e)->body);
    case ExprKind::Closure: return closure(llvm::cast<ClosureExpr>(e));
    case ExprKind::Array: return exprs(llvm::cast<ArrayExpr>(e)->elems);
    case ExprKind::Tuple: return exprs(llvm::cast<TupleExpr>(e)->elems);
    case ExprKind::Call: expr(llvm::cast<CallExpr>(e)->callee); return exprs(llvm::cast<CallExpr>(e)->args);
    case ExprKind::MethodCall: expr(llvm::cast<MethodCallExpr>(e)->receiver); return exprs(llvm::cast<MethodCallExpr>(e)->args);
    case ExprKind::Binary: expr(llvm::cast<BinaryExpr>(e)->lhs); return expr(llvm::cast<BinaryExpr>(e)->rhs);
    case ExprKind::Unary: return expr(llvm::cast<UnaryExpr>(e)->operand);
    case ExprKind::Cast: return expr(llvm::cast<CastExpr>(e)->operand);
    case ExprKind::Ascribe: return expr(llvm::cast<AscribeExpr>(e)->operand);
    case ExprKind::DropTemps: return expr(llvm::cast<DropTempsExpr>(e)->inner);
    case ExprKind::Let: expr(llvm::cast<LetExpr>(e)->init); return pat(llvm::cast<LetExpr>(e)->pat);
    case ExprKind::If: {
      const IfExpr *i = llvm::cast<IfExpr>(e);
      expr(i->cond);
      expr(i->then);
      return expr(i->otherwise);
    }
    case ExprKind::Loop: return block(llvm::cast<LoopExpr>(e)->body);
    case ExprKind::Match: {
      const MatchExpr *m = llvm::cast<MatchExpr>(e);
      expr(m->scrutinee);
      for (const Arm *a : m->arms) {
        pat(a->pat);
        expr(a->guard);
        expr(a->body);
      }
      return;
    }
    case ExprKind::Block: return block(llvm::cast<BlockExpr>(e)->block);
    case ExprKind::Assign: expr(llvm::cast<AssignExpr>(e)->lhs); return expr(llvm::cast<AssignExpr>(e)->rhs);
    case ExprKind::AssignOp: expr(llvm::cast<AssignOpExpr>(e)->lhs); return expr(llvm::cast<AssignOpExpr>(e)->rhs);
    case ExprKind::Field: return expr(llvm::cast<FieldExpr>(e)->base);
    case ExprKind::Index: expr(llvm::cast<IndexExpr>(e)->base); return expr(llvm::cast<IndexExpr>(e)->index);
    case ExprKind::AddrOf: return expr(llvm::cast<AddrOfExpr>(e)->operand);
    case ExprKind::Break: return expr(llvm::cast<BreakExpr>(e)->value);
    case ExprKind::Ret: return expr(llvm::cast<RetExpr>(e)->value);
    case ExprKind::Become: return expr(llvm::cast<BecomeExpr>(e)->value);
    case ExprKind::InlineAsm: return asmExpr(llvm::cast<InlineAsmExpr>(e)->inner);
    case ExprKind::Struct: {
      const StructExpr *s = llvm::cast<StructExpr>(e);
      for (const ExprField &f : s->fields)
        expr(f.value);
      return expr(s->base);
    }
    case ExprKind::Repeat: return expr(llvm::cast<RepeatExpr>(e)->elem);
    case ExprKind::Yield: return expr(llvm::cast<YieldExpr>(e)->value);
    case ExprKind::UnsafeBinderCast: return expr(llvm::cast<UnsafeBinderCastExpr>(e)->operand);
    case ExprKind::ByUse: return expr(llvm::cast<ByUseExpr>(e)->operand);
    case ExprKind::Err:
    case ExprKind::Lit:
    case ExprKind::Continue:
    case ExprKind::Path:
    case ExprKind::OffsetOf: return;
    }
  }
};
} // namespace

void findNestedBodies(const Body &body, mir::NestedBodies &out) {
  Walker w{out};
  for (const Param &p : body.params)
    w.pat(p.pat);
  w.expr(body.value);
}

} // namespace ferric::mir_build
