// The visitor of expr_use.h: expressions are categorised as places (rvalue, local, upvar and projections), and every use of one is
// told to the delegate. Patterns project the place they are matched with; tests read it.
#include "typeck/expr_use.h"
#include "typeck/autoderef.h"

namespace ferric::typeck {

static Borrow borrowOf(Mutability m) { return m == Mutability::Mut ? Borrow::Mut : Borrow::Shared; }

void ExprUseVisitor::consumeBody(ArrayRef<hir::Param> params, const hir::Expr *value) {
  for (const hir::Param &p : params) walkPat(rvalue(p.span, patTyAdjusted(p.pat)), p.pat, false);
  consumeExpr(value);
}

void ExprUseVisitor::consumeOrCopy(const Place &p) {
  if (p.base != PlaceBase::Upvar) return;
  if (f.isCopy(p.ty())) d.borrow(p, Borrow::Shared);
  else d.consume(p);
}
void ExprUseVisitor::consumeExpr(const hir::Expr *e) {
  consumeOrCopy(cat(e));
  walkExpr(e);
}
void ExprUseVisitor::mutateExpr(const hir::Expr *e) {
  d.borrow(cat(e), Borrow::Mut);
  walkExpr(e);
}
void ExprUseVisitor::borrowExpr(const hir::Expr *e, Borrow b) {
  d.borrow(cat(e), b);
  walkExpr(e);
}

void ExprUseVisitor::walkAdjustments(const hir::Expr *e) {
  ArrayRef<Adjustment> adj = f.results.adjustmentsOf(e);
  if (adj.empty()) return;
  Place p = catUnadjusted(e);
  for (const Adjustment &a : adj) {
    switch (a.kind) {
    case AdjustKind::Deref: if (a.overloaded) d.borrow(p, borrowOf(a.mut)); break;
    case AdjustKind::Borrow: case AdjustKind::BorrowRawPtr: case AdjustKind::ReborrowPin: d.borrow(p, borrowOf(a.mut)); break;
    default: consumeOrCopy(p); break;
    }
    p = catAdjusted(e, std::move(p), a);
  }
}

void ExprUseVisitor::walkExpr(const hir::Expr *e) {
  walkAdjustments(e);
  switch (e->kind) {
  case ExprKind::Path: case ExprKind::Continue: case ExprKind::Lit: case ExprKind::ConstBlock: case ExprKind::OffsetOf: case ExprKind::Err: return;
  case ExprKind::Ascribe: return walkExpr(cast<hir::AscribeExpr>(e)->operand);
  case ExprKind::UnsafeBinderCast: return walkExpr(cast<hir::UnsafeBinderCastExpr>(e)->operand);
  case ExprKind::Unary: {
    const hir::UnaryExpr *u = cast<hir::UnaryExpr>(e);
    return u->op == ast::UnOp::Deref ? walkExpr(u->operand) : consumeExpr(u->operand);
  }
  case ExprKind::Field: return walkExpr(cast<hir::FieldExpr>(e)->base);
  case ExprKind::Index: walkExpr(cast<hir::IndexExpr>(e)->base); return consumeExpr(cast<hir::IndexExpr>(e)->index);
  case ExprKind::Call: consumeExpr(cast<hir::CallExpr>(e)->callee); return consumeAll(cast<hir::CallExpr>(e)->args);
  case ExprKind::ByUse: return consumeExpr(cast<hir::ByUseExpr>(e)->operand);
  case ExprKind::MethodCall: consumeExpr(cast<hir::MethodCallExpr>(e)->receiver); return consumeAll(cast<hir::MethodCallExpr>(e)->args);
  case ExprKind::Struct: return walkStruct(cast<hir::StructExpr>(e));
  case ExprKind::Tuple: return consumeAll(cast<hir::TupleExpr>(e)->elems);
  case ExprKind::Array: return consumeAll(cast<hir::ArrayExpr>(e)->elems);
  case ExprKind::If: {
    const hir::IfExpr *i = cast<hir::IfExpr>(e);
    consumeExpr(i->cond);
    consumeExpr(i->then);
    if (i->otherwise) consumeExpr(i->otherwise);
    return;
  }
  case ExprKind::Let: return walkLocal(cast<hir::LetExpr>(e)->init, cast<hir::LetExpr>(e)->pat, nullptr, true);
  case ExprKind::Match: {
    const hir::MatchExpr *m = cast<hir::MatchExpr>(e);
    Place discr = cat(m->scrutinee);
    walkExpr(m->scrutinee);
    for (const hir::Arm *a : m->arms) {
      walkPat(discr, a->pat, a->guard);
      if (a->guard) consumeExpr(a->guard);
      consumeExpr(a->body);
    }
    return;
  }
  case ExprKind::AddrOf: return borrowExpr(cast<hir::AddrOfExpr>(e)->operand, borrowOf(cast<hir::AddrOfExpr>(e)->mut));
  case ExprKind::InlineAsm:
    for (const hir::AsmOperand &o : cast<hir::InlineAsmExpr>(e)->inner.operands) {
      switch (o.kind) {
      case ast::AsmOperandKind::In: consumeExpr(o.in); break;
      case ast::AsmOperandKind::Out: if (o.out) mutateExpr(o.out); break;
      case ast::AsmOperandKind::InOut: mutateExpr(o.in ? o.in : o.out); break;
      case ast::AsmOperandKind::SplitInOut:
        consumeExpr(o.in);
        if (o.out) mutateExpr(o.out);
        break;
      case ast::AsmOperandKind::Label: walkBlock(o.label); break;
      default: break;
      }
    }
    return;
  case ExprKind::Loop: return walkBlock(cast<hir::LoopExpr>(e)->body);
  case ExprKind::Binary: consumeExpr(cast<hir::BinaryExpr>(e)->lhs); return consumeExpr(cast<hir::BinaryExpr>(e)->rhs);
  case ExprKind::Block: return walkBlock(cast<hir::BlockExpr>(e)->block);
  case ExprKind::Break: if (const hir::Expr *v = cast<hir::BreakExpr>(e)->value) consumeExpr(v); return;
  case ExprKind::Ret: if (const hir::Expr *v = cast<hir::RetExpr>(e)->value) consumeExpr(v); return;
  case ExprKind::Yield: if (const hir::Expr *v = cast<hir::YieldExpr>(e)->value) consumeExpr(v); return;
  case ExprKind::Become: return consumeExpr(cast<hir::BecomeExpr>(e)->value);
  case ExprKind::Assign: mutateExpr(cast<hir::AssignExpr>(e)->lhs); return consumeExpr(cast<hir::AssignExpr>(e)->rhs);
  case ExprKind::AssignOp: {
    const hir::AssignOpExpr *a = cast<hir::AssignOpExpr>(e);
    if (isMethodCall(e)) consumeExpr(a->lhs);
    else mutateExpr(a->lhs);
    return consumeExpr(a->rhs);
  }
  case ExprKind::Cast: return consumeExpr(cast<hir::CastExpr>(e)->operand);
  case ExprKind::DropTemps: return consumeExpr(cast<hir::DropTempsExpr>(e)->inner);
  case ExprKind::Repeat: return consumeExpr(cast<hir::RepeatExpr>(e)->elem);
  case ExprKind::Closure: return walkCaptures(cast<hir::ClosureExpr>(e));
  }
}

void ExprUseVisitor::walkStmt(const hir::Stmt &s) {
  if (s.kind == StmtKind::Let) {
    if (s.let->init) walkLocal(s.let->init, s.let->pat, s.let->otherwise, false);
  } else if (s.expr) {
    consumeExpr(s.expr);
  }
}
void ExprUseVisitor::walkBlock(const hir::Block *b) {
  for (const hir::Stmt &s : b->stmts) walkStmt(s);
  if (b->expr) consumeExpr(b->expr);
}
void ExprUseVisitor::walkLocal(const hir::Expr *init, const hir::Pat *pat, const hir::Block *otherwise, bool borrowInit) {
  walkExpr(init);
  Place p = cat(init);
  if (borrowInit) borrowExpr(init, Borrow::Shared);
  walkPat(p, pat, false);
  if (otherwise) walkBlock(otherwise);
}

void ExprUseVisitor::walkStruct(const hir::StructExpr *e) {
  for (const hir::ExprField &x : e->fields) consumeExpr(x.value);
  if (!e->base) return;
  Place base = cat(e->base);
  Ty t = f.resolve(base.ty());
  if (t.is(TyKind::Adt) && t.adt()->isStruct()) {
    const VariantDef &v = t.adt()->nonEnum();
    for (size_t i = 0; i < v.fields.size(); ++i) {
      bool mentioned = llvm::any_of(e->fields, [&](const hir::ExprField &x) {
        auto it = f.results.fieldIndices.find(x.id);
        return it != f.results.fieldIndices.end() && it->second == i;
      });
      if (!mentioned) consumeOrCopy(project(base, ProjKind::Field, f.fieldTy(e->span, v.fields[i], t.args()), uint32_t(i)));
    }
  }
  walkExpr(e->base);
}

void ExprUseVisitor::walkCaptures(const hir::ClosureExpr *e) {
  auto it = inner.find(e->def);
  if (it == inner.end()) return;
  for (const InnerCapture &c : it->second) {
    // A variable of the closure being walked is no capture of it.
    if (!upvars.count(c.local)) continue;
    Place p;
    p.base = PlaceBase::Upvar;
    p.local = c.local;
    p.baseTy = c.baseTy;
    p.proj = c.proj;
    p.span = c.span;
    switch (c.kind) {
    case ty::CaptureKind::ByValue: case ty::CaptureKind::ByUse: consumeOrCopy(p); break;
    case ty::CaptureKind::ByRef: d.borrow(p, Borrow::Shared); break;
    case ty::CaptureKind::ByMutRef: d.borrow(p, Borrow::Mut); break;
    case ty::CaptureKind::ByUniqueImmRef: d.borrow(p, Borrow::Unique); break;
    }
  }
}

// ---- patterns ----
bool ExprUseVisitor::multivariant(Ty t) {
  t = f.resolve(t);
  return t.is(TyKind::Adt) && (t.adt()->variants.size() > 1 || (t.adt()->isEnum() && t.adt()->nonExhaustive && t.adt()->def.crate() != f.root.owner.crate()));
}

void ExprUseVisitor::walkPat(const Place &discr, const hir::Pat *p, bool hasGuard) {
  catPattern(discr, p, [&](const Place &place, const hir::Pat *pat) { usePat(place, pat, hasGuard); });
}
void ExprUseVisitor::usePat(const Place &place, const hir::Pat *pat, bool hasGuard) {
  auto read = [&] { d.borrow(place, Borrow::Shared); };
  switch (pat->kind) {
  case PatKind::Binding: {
    if (hasGuard) read();
    auto it = f.results.bindingModes.find(pat->id);
    ty::BindingMode m = it == f.results.bindingModes.end() ? ty::BindingMode::Move : it->second;
    if (m == ty::BindingMode::Move) consumeOrCopy(place);
    else d.borrow(place, m == ty::BindingMode::RefMut ? Borrow::Mut : Borrow::Shared);
    return;
  }
  case PatKind::Never: case PatKind::Range: return read();
  case PatKind::Expr: {
    const hir::PatExpr &x = cast<hir::ExprPat>(pat)->expr;
    if (x.kind != hir::PatExprKind::Path) return read();
    Res r = f.qpathRes(x.path, x.id);
    if (r.isDef(DefKind::Const) || r.isDef(DefKind::AssocConst) || multivariant(place.ty())) read();
    return;
  }
  case PatKind::Struct: case PatKind::TupleStruct:
    if (multivariant(place.ty())) read();
    return;
  case PatKind::Slice: {
    const hir::SlicePat *s = cast<hir::SlicePat>(pat);
    bool all = s->before.empty() && s->middle && s->after.empty();
    Ty t = f.resolve(place.ty());
    while (t.is(TyKind::Ref)) t = t.inner();
    if (!all && !t.is(TyKind::Array)) read();
    return;
  }
  default: return;
  }
}

Ty ExprUseVisitor::patTyAdjusted(const hir::Pat *p) {
  auto it = f.results.patAdjustments.find(p->id);
  if (it != f.results.patAdjustments.end() && !it->second.empty()) return f.resolve(it->second.front().source);
  Ty t = nodeTy(p->id);
  if (p->kind == PatKind::Binding) {
    auto m = f.results.bindingModes.find(p->id);
    if (m != f.results.bindingModes.end() && m->second != ty::BindingMode::Move && t.is(TyKind::Ref)) return t.inner();
  }
  return t;
}

uint32_t ExprUseVisitor::variantOf(Ty t, const Res &r) {
  t = f.resolve(t);
  if (!t.is(TyKind::Adt) || r.kind != ResKind::Def) return 0;
  for (size_t i = 0; i < t.adt()->variants.size(); ++i)
    if (t.adt()->variants[i].def == r.def || (t.adt()->variants[i].hasCtor && t.adt()->variants[i].ctor == r.def)) return uint32_t(i);
  return 0;
}

void ExprUseVisitor::catPattern(Place p, const hir::Pat *pat, function_ref<void(const Place &, const hir::Pat *)> op) {
  auto it = f.results.patAdjustments.find(pat->id);
  if (it != f.results.patAdjustments.end())
    for (size_t i = 0; i < it->second.size(); ++i) p = deref(std::move(p));
  op(p, pat);
  auto position = [](size_t i, size_t count, size_t n, int dotDot) { return dotDot >= 0 && i >= size_t(dotDot) ? i + n - count : i; };
  switch (pat->kind) {
  case PatKind::Tuple: {
    const hir::TuplePat *t = cast<hir::TuplePat>(pat);
    Ty ty = nodeTy(pat->id);
    if (!ty.is(TyKind::Tuple)) return;
    for (size_t i = 0; i < t->elems.size(); ++i)
      catPattern(project(p, ProjKind::Field, patTyAdjusted(t->elems[i]), uint32_t(position(i, t->elems.size(), ty.tuple().size(), t->dotDot))), t->elems[i], op);
    return;
  }
  case PatKind::TupleStruct: {
    const hir::TupleStructPat *t = cast<hir::TupleStructPat>(pat);
    Ty ty = nodeTy(pat->id);
    if (!ty.is(TyKind::Adt)) return;
    uint32_t v = variantOf(ty, f.qpathRes(t->path, pat->id));
    size_t n = ty.adt()->variants[v].fields.size();
    for (size_t i = 0; i < t->elems.size(); ++i)
      catPattern(project(p, ProjKind::Field, patTyAdjusted(t->elems[i]), uint32_t(position(i, t->elems.size(), n, t->dotDot)), v), t->elems[i], op);
    return;
  }
  case PatKind::Struct: {
    const hir::StructPat *t = cast<hir::StructPat>(pat);
    Ty ty = nodeTy(pat->id);
    if (!ty.is(TyKind::Adt)) return;
    uint32_t v = variantOf(ty, f.qpathRes(t->path, pat->id));
    for (const hir::PatField &x : t->fields) {
      auto idx = f.results.fieldIndices.find(x.id);
      if (idx != f.results.fieldIndices.end()) catPattern(project(p, ProjKind::Field, patTyAdjusted(x.pat), idx->second, v), x.pat, op);
    }
    return;
  }
  case PatKind::Or: for (const hir::Pat *a : cast<hir::OrPat>(pat)->alts) catPattern(p, a, op); return;
  case PatKind::Binding: if (const hir::Pat *s = cast<hir::BindingPat>(pat)->sub) catPattern(std::move(p), s, op); return;
  case PatKind::Guard: return catPattern(std::move(p), cast<hir::GuardPat>(pat)->inner, op);
  case PatKind::Box: return catPattern(deref(std::move(p)), cast<hir::BoxPat>(pat)->inner, op);
  case PatKind::Deref: return catPattern(rvalue(pat->span, patTyAdjusted(cast<hir::DerefPat>(pat)->inner)), cast<hir::DerefPat>(pat)->inner, op);
  case PatKind::Ref: return catPattern(deref(std::move(p)), cast<hir::RefPat>(pat)->inner, op);
  case PatKind::Slice: {
    const hir::SlicePat *s = cast<hir::SlicePat>(pat);
    Ty t = f.resolve(p.ty());
    if (!t.is(TyKind::Array) && !t.is(TyKind::Slice)) return;
    Place elem = project(p, ProjKind::Index, t.inner());
    for (const hir::Pat *x : s->before) catPattern(elem, x, op);
    if (s->middle) catPattern(project(p, ProjKind::Subslice, patTyAdjusted(s->middle)), s->middle, op);
    for (const hir::Pat *x : s->after) catPattern(elem, x, op);
    return;
  }
  default: return;
  }
}

// ---- places ----
Place ExprUseVisitor::project(Place p, ProjKind k, Ty t, uint32_t field, uint32_t variant) {
  p.proj.push_back({k, field, variant, t});
  return p;
}
Place ExprUseVisitor::deref(Place p) {
  Ty t = builtinDeref(f.resolve(p.ty()), true);
  return project(std::move(p), ProjKind::Deref, t ? t : f.error());
}

Place ExprUseVisitor::cat(const hir::Expr *e) {
  ArrayRef<Adjustment> adj = f.results.adjustmentsOf(e);
  // Only the last run of dereferences matters: everything else makes a value.
  size_t start = adj.size();
  while (start > 0 && adj[start - 1].kind == AdjustKind::Deref && !adj[start - 1].overloaded) --start;
  Place p;
  if (start == 0) p = catUnadjusted(e);
  else p = catAdjusted(e, rvalue(e->span, Ty(f.tcx.common.error)), adj[start - 1]);
  for (size_t i = start; i < adj.size(); ++i) p = catAdjusted(e, std::move(p), adj[i]);
  p.span = e->span;
  return p;
}
Place ExprUseVisitor::catAdjusted(const hir::Expr *e, Place previous, const Adjustment &a) {
  Ty target = f.resolve(a.target);
  if (a.kind != AdjustKind::Deref) return rvalue(e->span, target);
  if (!a.overloaded) return deref(std::move(previous));
  return deref(rvalue(e->span, f.tcx.mkRef(f.tcx.common.erased, target, a.mut)));
}
Place ExprUseVisitor::catOverloaded(const hir::Expr *e, const hir::Expr *base) {
  Ty b = f.resolve(f.adjustedTy(base));
  Mutability m = b.is(TyKind::Ref) ? b.mut() : Mutability::Not;
  return deref(rvalue(e->span, f.tcx.mkRef(f.tcx.common.erased, nodeTy(e->id), m)));
}
Place ExprUseVisitor::catUnadjusted(const hir::Expr *e) {
  Ty t = nodeTy(e->id);
  Place p;
  switch (e->kind) {
  case ExprKind::Unary: {
    const hir::UnaryExpr *u = cast<hir::UnaryExpr>(e);
    if (u->op != ast::UnOp::Deref) break;
    return isMethodCall(e) ? catOverloaded(e, u->operand) : deref(cat(u->operand));
  }
  case ExprKind::Field: {
    auto it = f.results.fieldIndices.find(e->id);
    if (it == f.results.fieldIndices.end()) break;
    p = project(cat(cast<hir::FieldExpr>(e)->base), ProjKind::Field, t, it->second);
    p.span = e->span;
    return p;
  }
  case ExprKind::Index: {
    const hir::IndexExpr *x = cast<hir::IndexExpr>(e);
    return isMethodCall(e) ? catOverloaded(e, x->base) : project(cat(x->base), ProjKind::Index, t);
  }
  case ExprKind::Path: return catRes(e, t, f.qpathRes(cast<hir::PathExpr>(e)->path, e->id));
  case ExprKind::Ascribe: return cat(cast<hir::AscribeExpr>(e)->operand);
  case ExprKind::UnsafeBinderCast:
    if (cast<hir::UnsafeBinderCastExpr>(e)->wrap) break;
    return project(cat(cast<hir::UnsafeBinderCastExpr>(e)->operand), ProjKind::UnwrapBinder, t);
  default: break;
  }
  return rvalue(e->span, t);
}
Place ExprUseVisitor::catRes(const hir::Expr *e, Ty t, const Res &r) {
  Place p = rvalue(e->span, t);
  if (r.isDef(DefKind::Static)) {
    p.base = PlaceBase::Static;
  } else if (r.kind == ResKind::Local) {
    p.local = LocalId(r.local);
    p.base = upvars.count(p.local) ? PlaceBase::Upvar : PlaceBase::Local;
    if (p.base == PlaceBase::Upvar) p.baseTy = nodeTy(p.local);
  }
  return p;
}

} // namespace ferric::typeck
