// Temporaries, operands, constants (rustc_mir_build::builder::expr::{as_temp, as_operand, as_constant, category}).
#include "mir/alloc.h"
#include "mir_build/builder.h"

namespace ferric::mir_build {

Category Builder::category(ExprKind k) {
  switch (k) {
  case ExprKind::Field:
  case ExprKind::Deref:
  case ExprKind::Index:
  case ExprKind::UpvarRef:
  case ExprKind::VarRef:
  case ExprKind::PlaceUnwrapUnsafeBinder:
  case ExprKind::ValueUnwrapUnsafeBinder: return Category::Place;
  case ExprKind::Array:
  case ExprKind::Tuple:
  case ExprKind::Closure:
  case ExprKind::Unary:
  case ExprKind::Binary:
  case ExprKind::Cast:
  case ExprKind::PointerCoercion:
  case ExprKind::Repeat:
  case ExprKind::Assign:
  case ExprKind::AssignOp:
  case ExprKind::ThreadLocalRef:
  case ExprKind::WrapUnsafeBinder: return Category::AsRvalue;
  case ExprKind::ConstBlock:
  case ExprKind::Literal:
  case ExprKind::Scalar:
  case ExprKind::Zst:
  case ExprKind::ConstParam:
  case ExprKind::StaticRef:
  case ExprKind::NamedConst: return Category::Constant;
  default: return Category::Into;
  }
}

Local Builder::asTemp(BlockId &block, RegionScope lifetime, Expr *e, Mutability mut) {
  SourceInfo source = sourceInfo(e->span);
  if (e->kind == ExprKind::Scope) {
    Local r;
    inScope(e->scope, block, [&] { r = asTemp(block, lifetime, e->a, mut); });
    return r;
  }
  // A guard that is built once per alternative uses the same temporaries each time.
  bool shared = fixedTempsScope_.valid() && fixedTempsScope_ == lifetime;
  Local t;
  auto it = shared ? fixedTemps_.find(e) : fixedTemps_.end();
  if (it != fixedTemps_.end()) {
    t = it->second;
  } else {
    mir::LocalDecl d;
    d.ty = e->ty;
    d.mut = mut;
    d.source = source;
    t = body.addLocal(std::move(d));
    if (shared)
      fixedTemps_[e] = t;
  }
  bool leaves = e->kind == ExprKind::Break || e->kind == ExprKind::Continue || e->kind == ExprKind::Return ||
                (e->kind == ExprKind::Block && !e->block->expr && !e->block->targetedByBreak && e->ty.isNever());
  if (!leaves) {
    push(block, StatementKind::StorageLive, source, Place(t));
    if (lifetime.valid())
      scheduleDrop(e->span, lifetime, t, DropKind::Storage);
  }
  exprInto(Place(t), block, e);
  if (lifetime.valid())
    scheduleDrop(e->span, lifetime, t, DropKind::Value);
  return t;
}

Operand Builder::asOperand(BlockId &block, RegionScope scope, Expr *e, NeedsTemp needs) {
  if (e->kind == ExprKind::Scope) {
    Operand r;
    inScope(e->scope, block, [&] { r = asOperand(block, scope, e->a, needs); });
    return r;
  }
  if (category(e->kind) == Category::Constant && (needs == NeedsTemp::No || !needsDrop(e->ty)))
    return Operand::ofConst(asConstant(e), e->span);
  Operand r = Operand::move(Place(asTemp(block, scope, e, Mutability::Mut)));
  r.span = e->span;
  return r;
}

Operand Builder::asCallOperand(BlockId &block, RegionScope scope, Expr *e) {
  if (e->kind == ExprKind::Scope) {
    Operand r;
    inScope(e->scope, block, [&] { r = asCallOperand(block, scope, e->a); });
    return r;
  }
  // An unsized argument is passed where it lies.
  if (e->kind == ExprKind::Deref && (e->ty.is(TyKind::Dynamic) || e->ty.is(TyKind::Slice) || e->ty.isStr() || !mir::isSized(tcx, env, e->ty))) {
    Local t = asTemp(block, scope, e->a, Mutability::Mut);
    return Operand::move(Place(t).deref());
  }
  return asOperand(block, scope, e);
}

Constant Builder::asConstant(Expr *e) {
  Constant c;
  c.ty = e->ty;
  c.span = e->span;
  switch (e->kind) {
  case ExprKind::Scope: return asConstant(e->a);
  case ExprKind::Literal:
    if (!literalConstant(tcx, e->lit, e->flag, e->ty, c) && e->lit.kind != lex::LitKind::Err)
      unsupported(e->span, "a literal of this type");
    c.span = e->span;
    return c;
  case ExprKind::Scalar:
    c.value.kind = mir::ConstValueKind::Scalar;
    c.value.scalar.bits = e->scalar;
    return c;
  case ExprKind::Zst: return c;
  case ExprKind::NamedConst:
  case ExprKind::ConstBlock:
    c.kind = mir::ConstantKind::Unevaluated;
    c.def = e->def;
    c.args = e->args;
    return c;
  case ExprKind::ConstParam:
    c.kind = mir::ConstantKind::Ty;
    c.ct = e->count;
    return c;
  case ExprKind::StaticRef:
    c.value.kind = mir::ConstValueKind::Scalar;
    c.value.scalar = mir::Scalar::ofPtr(tcx.allocs->forStatic(e->def), 0);
    return c;
  default: UNREACHABLE("expression is no constant");
  }
}

} // namespace ferric::mir_build
