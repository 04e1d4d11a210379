// Expressions: from HIR and the type checker's tables to THIR. Each HIR expression becomes a Scope node around
// the expression with its adjustments applied in order; what an operator, index or method stands for is a call.
// The shapes are those of rustc_mir_build::thir::cx::expr.
#include "mir_build/thir.h"
#include "ty/codegen_attrs.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::mir_build {

using namespace hir;
using ty::AdjustKind; using ty::Adjustment;
using HExpr = hir::Expr;
using mir_build::Expr; using EK = mir_build::ExprKind;

ThirBuilder::ThirBuilder(Ctx &tcx, const ty::TypeckResults &results, const hir::Body &body, DefId owner, llvm::BumpPtrAllocator &arena)
    : tcx(tcx), results(results), body(body), owner(owner), env(mir::paramEnvOf(tcx, owner)), arena_(arena),
      isClosure_(tcx.defKind(owner) == DefKind::Closure) {}

Expr *ThirBuilder::make(EK kind, Ty ty, HirId temp, Span span) {
  Expr *e = new (arena_.Allocate<Expr>()) Expr();
  e->kind = kind;
  e->ty = ty;
  e->temp = temp;
  e->span = span;
  return e;
}

Expr *ThirBuilder::mirror(const HExpr *e) {
  Expr *x = unadjusted(e);
  for (const Adjustment &a : results.adjustmentsOf(e))
    x = adjust(e, x, a);
  Expr *scope = make(EK::Scope, x->ty, e->id, e->span);
  scope->scope = RegionScope::node(e->id);
  scope->a = x;
  return scope;
}

ArrayRef<Expr *> ThirBuilder::mirrorAll(ArrayRef<const HExpr *> es) {
  llvm::SmallVector<Expr *, 8> out;
  for (const HExpr *e : es)
    out.push_back(mirror(e));
  return copy<Expr *>(out);
}

static MirBorrowKind borrowKind(Mutability m, bool twoPhase) {
  if (m == Mutability::Not)
    return MirBorrowKind::Shared;
  return twoPhase ? MirBorrowKind::MutTwoPhase : MirBorrowKind::Mut;
}

static CastKind pointerCoercion(AdjustKind k) {
  switch (k) {
  case AdjustKind::ReifyFnPointer: return CastKind::ReifyFnPointer;
  case AdjustKind::UnsafeFnPointer: return CastKind::UnsafeFnPointer;
  case AdjustKind::ClosureFnPointer: return CastKind::ClosureFnPointer;
  case AdjustKind::MutToConstPointer: return CastKind::MutToConstPointer;
  case AdjustKind::ArrayToPointer: return CastKind::ArrayToPointer;
  default: return CastKind::Unsize;
  }
}

Expr *ThirBuilder::adjust(const HExpr *e, Expr *x, const Adjustment &a) {
  switch (a.kind) {
  case AdjustKind::NeverToAny: {
    if (a.target.isNever())
      return x;
    Expr *r = make(EK::NeverToAny, a.target, x->temp, x->span);
    r->a = x;
    return r;
  }
  case AdjustKind::Deref: {
    if (!a.overloaded) {
      Expr *r = make(EK::Deref, a.target, x->temp, x->span);
      r->a = x;
      return r;
    }
    bool mut = a.mut == Mutability::Mut;
    DefId trait = tcx.crates.langItem(mut ? "deref_mut" : "deref");
    Expr *callee = make(EK::Zst, tcx.mkFnDef(mir::traitMethod(tcx, trait, mut ? "deref_mut" : "deref"), tcx.mkArgs({ty::GenericArg(x->ty)})), e->id, x->span);
    Expr *borrow = make(EK::Borrow, tcx.mkRef(tcx.common.erased, x->ty, a.mut), x->temp, x->span);
    borrow->borrow = borrowKind(a.mut, false);
    borrow->a = x;
    return overloadedPlace(e, a.target, callee, {borrow}, x->span);
  }
  case AdjustKind::Borrow: {
    Expr *r = make(EK::Borrow, a.target, x->temp, x->span);
    r->borrow = borrowKind(a.mut, a.twoPhase);
    r->a = x;
    return r;
  }
  case AdjustKind::BorrowRawPtr: {
    Expr *r = make(EK::RawBorrow, a.target, x->temp, x->span);
    r->mut = a.mut;
    r->a = x;
    return r;
  }
  case AdjustKind::ReborrowPin: {
    // Pin { pointer: &*x.pointer }
    Ty from = x->ty.args()[0].ty(), to = a.target.args()[0].ty();
    Expr *pointer = make(EK::Field, from, x->temp, x->span);
    pointer->a = x;
    Expr *pointee = make(EK::Deref, from.inner(), x->temp, x->span);
    pointee->a = pointer;
    Expr *borrow = make(EK::Borrow, to, x->temp, x->span);
    borrow->borrow = borrowKind(a.mut, false);
    borrow->a = pointee;
    Expr *r = make(EK::Adt, a.target, x->temp, x->span);
    r->adt = a.target.adt();
    r->args = a.target.args();
    r->fields = copy<uint32_t>({0});
    r->list = copy<Expr *>({borrow});
    return r;
  }
  case AdjustKind::ReifyFnPointer:
  case AdjustKind::UnsafeFnPointer:
  case AdjustKind::ClosureFnPointer:
  case AdjustKind::MutToConstPointer:
  case AdjustKind::ArrayToPointer:
  case AdjustKind::Unsize: {
    Expr *r = make(EK::PointerCoercion, a.target, x->temp, x->span);
    r->cast = pointerCoercion(a.kind);
    r->a = x;
    return r;
  }
  }
  UNREACHABLE("adjustment kind");
}

// ---- calls ----
Res ThirBuilder::resOf(const QPath &q, HirId id) const {
  if (q.kind == QPathKind::Resolved && q.path->res.kind != ResKind::Err) {
    // `<T>::Assoc` with one segment left is type relative; a resolved path may still end in an associated item.
    auto it = results.typeDependent.find(id);
    return it != results.typeDependent.end() ? it->second : q.path->res;
  }
  auto it = results.typeDependent.find(id);
  return it != results.typeDependent.end() ? it->second : Res::err();
}

Expr *ThirBuilder::methodCallee(const HExpr *e, Span span) {
  auto it = results.typeDependent.find(e->id);
  CHECK(it != results.typeDependent.end(), "method call without a callee");
  return make(EK::Zst, tcx.mkFnDef(it->second.def, results.argsOf(e->id)), e->id, span);
}

Expr *ThirBuilder::overloadedOperator(const HExpr *e, ArrayRef<Expr *> args) {
  Expr *r = make(EK::Call, e);
  r->a = methodCallee(e, e->span);
  r->list = copy(args);
  r->fnSpan = e->span;
  return r;
}

// A place behind a reference that a method returns: `*deref(&x)`, `*index(&x, i)`.
Expr *ThirBuilder::overloadedPlace(const HExpr *e, Ty placeTy, Expr *callee, ArrayRef<Expr *> args, Span span) {
  CHECK(args[0]->ty.is(TyKind::Ref), "receiver of an overloaded place is no reference");
  Expr *call = make(EK::Call, tcx.mkRef(tcx.common.erased, placeTy, args[0]->ty.mut()), e->id, span);
  call->a = callee ? callee : methodCallee(e, span);
  call->list = copy(args);
  call->fnSpan = span;
  Expr *r = make(EK::Deref, placeTy, e->id, span);
  r->a = call;
  return r;
}

Expr *ThirBuilder::adtCall(const CallExpr *e, const AdtDef *adt, uint32_t variant) {
  Expr *r = make(EK::Adt, e);
  r->adt = adt;
  r->variant = variant;
  r->args = r->ty.args();
  r->list = mirrorAll(e->args);
  llvm::SmallVector<uint32_t, 8> fields;
  for (uint32_t i = 0; i < e->args.size(); ++i)
    fields.push_back(i);
  r->fields = copy<uint32_t>(fields);
  return r;
}

Expr *ThirBuilder::call(const HExpr *hirExpr) {
  const CallExpr *e = llvm::cast<CallExpr>(hirExpr);
  if (isMethodCall(e)) { // Fn*::call*(callee, (args,))
    llvm::SmallVector<Ty, 8> tys;
    for (const HExpr *a : e->args)
      tys.push_back(results.exprTypeAdjusted(a));
    Expr *callee = methodCallee(e, e->callee->span);
    Expr *self = mirror(e->callee);
    Expr *tuple = make(EK::Tuple, tcx.mkTuple(tys), e->id, e->span);
    tuple->list = mirrorAll(e->args);
    Expr *r = make(EK::Call, e);
    r->a = callee;
    r->list = copy<Expr *>({self, tuple});
    r->flag = true;
    r->fnSpan = e->span;
    return r;
  }
  Ty t = results.exprType(e);
  if (const PathExpr *p = llvm::dyn_cast<PathExpr>(e->callee); p && t.is(TyKind::Adt)) {
    Res res = resOf(p->path, p->id);
    if (res.isDef(DefKind::Ctor) && tcx.def(res.def).ctorKind == CtorKind::Fn)
      return adtCall(e, t.adt(), mir::variantOfDef(*t.adt(), res.def));
    if (res.kind == ResKind::SelfCtor)
      return adtCall(e, t.adt(), 0);
  }
  Expr *r = make(EK::Call, e);
  r->a = mirror(e->callee);
  r->list = mirrorAll(e->args);
  r->flag = true;
  r->fnSpan = e->span;
  return r;
}

// ---- paths ----
Expr *ThirBuilder::variable(HirId var, Ty ty, HirId temp, Span span) {
  Expr *r = make(isClosure_ && !declared_.count(var) ? EK::UpvarRef : EK::VarRef, ty, temp, span);
  r->var = var;
  return r;
}

Ty staticPtrTy(Ctx &tcx, ty::ParamEnv env, DefId def) {
  Ty t = mir::normalize(tcx, env, ty::eraseRegions(tcx, tcx.typeOf(def)));
  bool foreign = tcx.defKind(tcx.parent(def)) == DefKind::ForeignMod;
  if (tcx.crates.itemAs<ast::StaticItem>(def).mut == Mutability::Mut)
    return tcx.mkPtr(t, Mutability::Mut);
  return foreign ? tcx.mkPtr(t, Mutability::Not) : tcx.mkRef(tcx.common.erased, t, Mutability::Not);
}

Expr *ThirBuilder::path(const HExpr *e, Res res) {
  if (res.kind == ResKind::Local)
    return variable(HirId(res.local), results.exprType(e), e->id, e->span);
  if (res.kind == ResKind::SelfCtor)
    return make(EK::Zst, e);
  CHECK(res.kind == ResKind::Def, "path expression names no value");
  switch (res.defKind) {
  case DefKind::Fn:
  case DefKind::AssocFn: return make(EK::Zst, e);
  case DefKind::Ctor: {
    Ty t = results.exprType(e);
    if (tcx.def(res.def).ctorKind == CtorKind::Fn)
      return make(EK::Zst, e);
    Expr *r = make(EK::Adt, e);
    r->adt = t.adt();
    r->variant = mir::variantOfDef(*t.adt(), res.def);
    r->args = t.args();
    return r;
  }
  case DefKind::ConstParam: {
    Expr *r = make(EK::ConstParam, e);
    const ty::Generics *g = tcx.genericsOf(mir::typeckRoot(tcx, owner));
    for (; g; g = g->parent)
      for (const ty::GenericParamDef &p : g->own)
        if (p.def == res.def) {
          r->count = tcx.mkConstParam(p.index, p.name);
          return r;
        }
    UNREACHABLE("const parameter out of scope");
  }
  case DefKind::Const:
  case DefKind::AssocConst: {
    Expr *r = make(EK::NamedConst, e);
    r->def = res.def;
    r->args = results.argsOf(e->id);
    return r;
  }
  case DefKind::Static: {
    Ty ptr = staticPtrTy(tcx, env, res.def);
    Expr *ref = make(tcx.codegenAttrs(res.def)->threadLocal ? EK::ThreadLocalRef : EK::StaticRef, ptr, e->id, e->span);
    ref->def = res.def;
    Expr *r = make(EK::Deref, e);
    r->a = ref;
    return r;
  }
  default: UNREACHABLE("path expression names no value");
  }
}

// ---- operators ----
BinOp binOpOf(hir::BinOp op) {
  switch (op) {
  case ast::BinOp::Add: return BinOp::Add;
  case ast::BinOp::Sub: return BinOp::Sub;
  case ast::BinOp::Mul: return BinOp::Mul;
  case ast::BinOp::Div: return BinOp::Div;
  case ast::BinOp::Rem: return BinOp::Rem;
  case ast::BinOp::BitXor: return BinOp::BitXor;
  case ast::BinOp::BitAnd: return BinOp::BitAnd;
  case ast::BinOp::BitOr: return BinOp::BitOr;
  case ast::BinOp::Shl: return BinOp::Shl;
  case ast::BinOp::Shr: return BinOp::Shr;
  case ast::BinOp::Eq: return BinOp::Eq;
  case ast::BinOp::Lt: return BinOp::Lt;
  case ast::BinOp::Le: return BinOp::Le;
  case ast::BinOp::Ne: return BinOp::Ne;
  case ast::BinOp::Ge: return BinOp::Ge;
  case ast::BinOp::Gt: return BinOp::Gt;
  case ast::BinOp::And:
  case ast::BinOp::Or: break;
  }
  UNREACHABLE("lazy operator as a binary operation");
}

Expr *ThirBuilder::binary(const BinaryExpr *e) {
  Expr *lhs = mirror(e->lhs), *rhs = mirror(e->rhs);
  if (isMethodCall(e))
    return overloadedOperator(e, {lhs, rhs});
  bool logical = e->op == ast::BinOp::And || e->op == ast::BinOp::Or;
  Expr *r = make(logical ? EK::LogicalOp : EK::Binary, e);
  r->a = lhs;
  r->b = rhs;
  if (logical)
    r->flag = e->op == ast::BinOp::Or;
  else
    r->binOp = binOpOf(e->op);
  return r;
}

Expr *ThirBuilder::unary(const UnaryExpr *e) {
  if (isMethodCall(e)) {
    Expr *arg = mirror(e->operand);
    return e->op == ast::UnOp::Deref ? overloadedPlace(e, results.exprType(e), nullptr, {arg}, e->span) : overloadedOperator(e, {arg});
  }
  if (const LitExpr *lit = llvm::dyn_cast<LitExpr>(e->operand); lit && e->op == ast::UnOp::Neg) {
    Expr *r = make(EK::Literal, e);
    r->lit = lit->lit;
    r->flag = true;
    return r;
  }
  Expr *r = make(e->op == ast::UnOp::Deref ? EK::Deref : EK::Unary, e);
  r->unOp = e->op == ast::UnOp::Neg ? UnOp::Neg : UnOp::Not;
  r->a = mirror(e->operand);
  return r;
}

// `Enum::Variant as int` of a unit variant is made of its discriminant's parts: promotable, and no value of the enum is made.
Expr *ThirBuilder::enumCast(const HExpr *operand, uint32_t variant, const CastExpr *e) {
  const AdtDef *adt = results.exprType(operand).adt();
  const ty::VariantDef &v = adt->variants[variant];
  Ty discrTy = mir::reprDiscrTy(tcx, adt->repr);
  uint8_t size = uint8_t(mir::scalarSize(tcx, discrTy));
  Expr *source = make(EK::Scalar, discrTy, e->id, e->span);
  source->scalar = {v.discrKind == ty::DiscrKind::Explicit ? 0 : v.discrOffset, 0, size};
  DefId base = v.discrKind == ty::DiscrKind::Explicit ? v.discrExpr : DefId();
  if (!base.valid() && v.discrOffset <= variant) { // counts from an explicit one before it
    uint32_t from = variant - v.discrOffset;
    if (adt->variants[from].discrKind == ty::DiscrKind::Explicit)
      base = adt->variants[from].discrExpr;
  }
  if (base.valid()) {
    Expr *named = make(EK::NamedConst, discrTy, e->id, e->span);
    named->def = base;
    Expr *sum = make(EK::Binary, discrTy, e->id, e->span);
    sum->binOp = BinOp::Add;
    sum->a = named;
    sum->b = source;
    source = sum;
  }
  Expr *r = make(EK::Cast, e);
  r->a = source;
  return r;
}

Expr *ThirBuilder::cast(const CastExpr *e) {
  const HExpr *op = e->operand;
  if (results.coercionCasts.count(op->id)) {
    Expr *r = make(EK::Use, e);
    r->a = mirror(op);
    return r;
  }
  Ty from = results.exprType(op);
  if (const PathExpr *p = llvm::dyn_cast<PathExpr>(op); p && from.is(TyKind::Adt) && from.adt()->isEnum()) {
    Res res = resOf(p->path, p->id);
    if (res.isDef(DefKind::Ctor) && tcx.def(res.def).ctorKind == CtorKind::Const)
      return enumCast(op, mir::variantOfDef(*from.adt(), res.def), e);
  }
  bool arrayPtr = from.is(TyKind::Ref);
  Expr *r = make(arrayPtr ? EK::PointerCoercion : EK::Cast, e);
  r->cast = CastKind::ArrayToPointer;
  r->a = mirror(op);
  return r;
}

// ---- aggregates ----
Expr *ThirBuilder::structExpr(const StructExpr *e) {
  Ty t = results.exprType(e);
  Expr *r = make(EK::Adt, e);
  r->adt = t.adt();
  r->args = t.args();
  if (r->adt->isEnum())
    r->variant = mir::variantOfDef(*r->adt, resOf(e->path, e->id).def);
  llvm::SmallVector<Expr *, 8> values;
  llvm::SmallVector<uint32_t, 8> fields;
  for (const ExprField &f : e->fields) {
    fields.push_back(results.fieldIndices.lookup(f.id));
    values.push_back(mirror(f.value));
  }
  r->fields = copy<uint32_t>(fields);
  r->list = copy<Expr *>(values);
  if (e->rest == ast::StructRest::Base) {
    r->a = mirror(e->base);
    auto it = results.fruFieldTypes.find(e->id);
    if (it != results.fruFieldTypes.end())
      r->fruTys = it->second;
  } else if (e->rest == ast::StructRest::Rest) {
    tcx.sess.diag.error(e->span, "internal: default field values are not supported yet");
    failed = true;
  }
  return r;
}

Expr *ThirBuilder::capturedPlace(const HExpr *closure, const ty::CapturedPlace &c) {
  Expr *x = variable(c.local, c.localTy, closure->id, closure->span);
  for (const ty::CaptureProj &p : c.projections) {
    Expr *n = make(p.kind == ty::CaptureProjKind::Deref ? EK::Deref : EK::Field, p.ty, closure->id, closure->span);
    n->a = x;
    n->index = p.field;
    n->variant = p.variant;
    x = n;
  }
  return x;
}

Expr *ThirBuilder::closure(const ClosureExpr *e) {
  Expr *r = make(EK::Closure, e);
  if (!r->ty.is(TyKind::Closure)) {
    tcx.sess.diag.error(e->span, "internal: coroutines are not supported yet");
    failed = true;
    r->kind = EK::Error;
    return r;
  }
  r->def = e->def;
  r->args = r->ty.args();
  auto it = results.closures.find(e->def);
  llvm::SmallVector<Expr *, 8> upvars;
  if (it != results.closures.end())
    for (const ty::CapturedPlace &c : it->second.captures) {
      Expr *place = capturedPlace(e, c);
      if (c.kind == ty::CaptureKind::ByValue || c.kind == ty::CaptureKind::ByUse) {
        upvars.push_back(place);
        continue;
      }
      Expr *borrow = make(EK::Borrow, c.upvarTy, e->id, e->span);
      borrow->borrow = c.kind == ty::CaptureKind::ByRef              ? MirBorrowKind::Shared
                       : c.kind == ty::CaptureKind::ByUniqueImmRef ? MirBorrowKind::MutClosureCapture
                                                                     : MirBorrowKind::Mut;
      borrow->a = place;
      upvars.push_back(borrow);
    }
  r->list = copy<Expr *>(upvars);
  return r;
}

// ---- the rest ----
Expr *ThirBuilder::inlineConst(DefId def, Ty ty, HirId temp, Span span) {
  Expr *r = make(EK::ConstBlock, ty, temp, span);
  r->def = def;
  r->args = ty::eraseRegions(tcx, tcx.identityArgs(mir::typeckRoot(tcx, def)));
  return r;
}

Expr *ThirBuilder::loop(const LoopExpr *e) {
  Expr *r = make(EK::Loop, e);
  Expr *b = make(EK::Block, tcx.common.unit, e->body->id, e->body->span);
  b->block = block(e->body);
  r->a = b;
  return r;
}

Expr *ThirBuilder::match(const MatchExpr *e) {
  Expr *r = make(EK::Match, e);
  r->a = mirror(e->scrutinee);
  llvm::SmallVector<mir_build::Arm *, 8> arms;
  for (const hir::Arm *a : e->arms) {
    mir_build::Arm *arm = new (arena_.Allocate<mir_build::Arm>()) mir_build::Arm();
    arm->pat = pattern(a->pat);
    arm->guard = a->guard ? mirror(a->guard) : nullptr;
    arm->body = mirror(a->body);
    arm->scope = RegionScope::node(a->id);
    arm->span = a->span;
    arms.push_back(arm);
  }
  r->arms = copy<mir_build::Arm *>(arms);
  checks.push_back({r, e->source});
  return r;
}

mir_build::Block *ThirBuilder::block(const hir::Block *b) {
  mir_build::Block *r = new (arena_.Allocate<mir_build::Block>()) mir_build::Block();
  r->scope = RegionScope::node(b->id);
  r->span = b->span;
  r->targetedByBreak = b->targetedByBreak;
  llvm::SmallVector<mir_build::Stmt, 8> stmts;
  uint32_t index = 0;
  for (const hir::Stmt &s : b->stmts) {
    uint32_t i = index++;
    mir_build::Stmt out;
    out.scope = RegionScope::node(s.id);
    if (s.kind == hir::StmtKind::Item)
      continue;
    if (s.kind == hir::StmtKind::Let) {
      out.kind = mir_build::StmtKind::Let;
      out.remainder = {ScopeKind::Remainder, b->id, i};
      out.remainderSpan = {s.span.lo, b->span.hi, b->span.ctxt};
      out.otherwise = s.let->otherwise ? block(s.let->otherwise) : nullptr;
      out.expr = s.let->init ? mirror(s.let->init) : nullptr;
      out.pat = pattern(s.let->pat);
      if (!out.otherwise)
        checks.push_back({nullptr, {}, out.pat, out.expr});
    } else {
      out.expr = mirror(s.expr);
    }
    stmts.push_back(out);
  }
  r->stmts = copy<mir_build::Stmt>(stmts);
  r->expr = b->expr ? mirror(b->expr) : nullptr;
  return r;
}

Expr *ThirBuilder::inlineAsm(const InlineAsmExpr *e) {
  Expr *r = make(EK::InlineAsm, e);
  r->asmInfo = &e->inner;
  llvm::SmallVector<mir_build::AsmOperand, 4> ops;
  for (const hir::AsmOperand &o : e->inner.operands) {
    mir_build::AsmOperand out;
    out.hir = &o;
    if (o.kind == ast::AsmOperandKind::Const) {
      Ty t = results.nodeType(o.id);
      if (!t && o.constBody)
        t = results.exprTypeAdjusted(o.constBody);
      out.constant.kind = mir::ConstantKind::Unevaluated;
      out.constant.ty = t;
      out.constant.def = o.constDef;
      out.constant.args = ty::eraseRegions(tcx, tcx.identityArgs(mir::typeckRoot(tcx, o.constDef)));
    } else if (o.kind == ast::AsmOperandKind::Sym) {
      Res res = resOf(o.symPath, o.id);
      if (res.isDef(DefKind::Static)) {
        out.symStatic = res.def;
      } else {
        Ty t = results.nodeType(o.id);
        out.constant = mir::constZst(t && t.is(TyKind::FnDef) ? t : tcx.mkFnDef(res.def, results.argsOf(o.id)));
      }
    } else {
      out.in = o.in ? mirror(o.in) : nullptr;
      out.out = o.out ? mirror(o.out) : nullptr;
      out.label = o.label ? block(o.label) : nullptr;
    }
    ops.push_back(out);
  }
  r->asmOperands = copy<mir_build::AsmOperand>(ops);
  return r;
}

// A sum of calls of the intrinsic, one per level of nesting.
Expr *ThirBuilder::offsetOf(const OffsetOfExpr *e) {
  auto it = results.offsetOf.find(e->id);
  CHECK(it != results.offsetOf.end(), "offset_of! without its fields");
  Ty container = it->second.first;
  DefId intrinsic = tcx.crates.langItem("offset_of");
  Expr *sum = nullptr;
  for (auto [variant, field] : it->second.second) {
    Expr *call = make(EK::Call, tcx.common.usize, e->id, e->span);
    call->a = make(EK::Zst, tcx.mkFnDef(intrinsic, tcx.mkArgs({ty::GenericArg(container)})), e->id, e->span);
    Expr *v = make(EK::Scalar, tcx.common.u32, e->id, e->span), *f = make(EK::Scalar, tcx.common.u32, e->id, e->span);
    v->scalar = {variant, 0, 4};
    f->scalar = {field, 0, 4};
    call->list = copy<Expr *>({v, f});
    call->fnSpan = e->span;
    if (sum) {
      Expr *add = make(EK::Binary, tcx.common.usize, e->id, e->span);
      add->binOp = BinOp::Add;
      add->a = sum;
      add->b = call;
      sum = add;
    } else {
      sum = call;
    }
    if (container.is(TyKind::Tuple))
      container = container.tuple()[field];
    else if (container.is(TyKind::Adt))
      container = mir::fieldTyNormalized(tcx, env, container.adt()->variants[variant].fields[field], container.args());
  }
  if (!sum) {
    sum = make(EK::Scalar, e);
    sum->scalar = {0, 0, 8};
  }
  return sum;
}

Expr *ThirBuilder::unadjusted(const HExpr *e) {
  switch (e->kind) {
  case hir::ExprKind::MethodCall: {
    const MethodCallExpr *m = llvm::cast<MethodCallExpr>(e);
    Expr *r = make(EK::Call, e);
    r->a = methodCallee(e, m->segment.ident.span);
    llvm::SmallVector<Expr *, 8> args{mirror(m->receiver)};
    for (const HExpr *a : m->args)
      args.push_back(mirror(a));
    r->list = copy<Expr *>(args);
    r->flag = true;
    r->fnSpan = m->fnSpan;
    return r;
  }
  case hir::ExprKind::Call: return call(e);
  case hir::ExprKind::AddrOf: {
    const AddrOfExpr *a = llvm::cast<AddrOfExpr>(e);
    if (a->borrow == BorrowKind::Pin)
      break;
    Expr *r = make(a->borrow == BorrowKind::Raw ? EK::RawBorrow : EK::Borrow, e);
    r->mut = a->mut;
    r->borrow = borrowKind(a->mut, false);
    r->a = mirror(a->operand);
    return r;
  }
  case hir::ExprKind::Block: {
    const BlockExpr *b = llvm::cast<BlockExpr>(e);
    if (b->block->targetedByBreak)
      blockOfTarget_[e->id] = b->block->id;
    Expr *r = make(EK::Block, e);
    r->block = block(b->block);
    return r;
  }
  case hir::ExprKind::Assign: {
    Expr *r = make(EK::Assign, e);
    r->a = mirror(llvm::cast<AssignExpr>(e)->lhs);
    r->b = mirror(llvm::cast<AssignExpr>(e)->rhs);
    return r;
  }
  case hir::ExprKind::AssignOp: {
    const AssignOpExpr *a = llvm::cast<AssignOpExpr>(e);
    Expr *lhs = mirror(a->lhs), *rhs = mirror(a->rhs);
    if (isMethodCall(e))
      return overloadedOperator(e, {lhs, rhs});
    Expr *r = make(EK::AssignOp, e);
    r->binOp = binOpOf(a->op);
    r->a = lhs;
    r->b = rhs;
    return r;
  }
  case hir::ExprKind::Lit: {
    Expr *r = make(EK::Literal, e);
    r->lit = llvm::cast<LitExpr>(e)->lit;
    return r;
  }
  case hir::ExprKind::Binary: return binary(llvm::cast<BinaryExpr>(e));
  case hir::ExprKind::Unary: return unary(llvm::cast<UnaryExpr>(e));
  case hir::ExprKind::Index: {
    Expr *base = mirror(llvm::cast<IndexExpr>(e)->base), *index = mirror(llvm::cast<IndexExpr>(e)->index);
    if (isMethodCall(e))
      return overloadedPlace(e, results.exprType(e), nullptr, {base, index}, e->span);
    Expr *r = make(EK::Index, e);
    r->a = base;
    r->b = index;
    return r;
  }
  case hir::ExprKind::Struct: return structExpr(llvm::cast<StructExpr>(e));
  case hir::ExprKind::Closure: return closure(llvm::cast<ClosureExpr>(e));
  case hir::ExprKind::Path: return path(e, resOf(llvm::cast<PathExpr>(e)->path, e->id));
  case hir::ExprKind::InlineAsm: return inlineAsm(llvm::cast<InlineAsmExpr>(e));
  case hir::ExprKind::OffsetOf: return offsetOf(llvm::cast<OffsetOfExpr>(e));
  case hir::ExprKind::ConstBlock: return inlineConst(llvm::cast<ConstBlockExpr>(e)->def, results.exprType(e), e->id, e->span);
  case hir::ExprKind::Repeat: {
    Expr *r = make(EK::Repeat, e);
    r->a = mirror(llvm::cast<RepeatExpr>(e)->elem);
    r->count = r->ty.len();
    return r;
  }
  case hir::ExprKind::Ret:
  case hir::ExprKind::Become: {
    const HExpr *v = e->kind == hir::ExprKind::Ret ? llvm::cast<RetExpr>(e)->value : llvm::cast<BecomeExpr>(e)->value;
    Expr *r = make(e->kind == hir::ExprKind::Ret ? EK::Return : EK::Become, e);
    r->a = v ? mirror(v) : nullptr;
    return r;
  }
  case hir::ExprKind::Break:
  case hir::ExprKind::Continue: {
    const BreakExpr *b = llvm::dyn_cast<BreakExpr>(e);
    HirId target = b ? b->target : llvm::cast<ContinueExpr>(e)->target;
    Expr *r = make(b ? EK::Break : EK::Continue, e);
    auto it = blockOfTarget_.find(target);
    r->scope = RegionScope::node(it != blockOfTarget_.end() ? it->second : target);
    r->a = b && b->value ? mirror(b->value) : nullptr;
    return r;
  }
  case hir::ExprKind::Let: {
    Expr *r = make(EK::Let, e);
    r->a = mirror(llvm::cast<LetExpr>(e)->init);
    r->pat = pattern(llvm::cast<LetExpr>(e)->pat);
    return r;
  }
  case hir::ExprKind::If: {
    const IfExpr *i = llvm::cast<IfExpr>(e);
    Expr *r = make(EK::If, e);
    r->scope = {edition(e->span) >= 2024 ? ScopeKind::IfThenRescope : ScopeKind::IfThen, i->then->id, 0};
    r->a = mirror(i->cond);
    r->b = mirror(i->then);
    r->c = i->otherwise ? mirror(i->otherwise) : nullptr;
    return r;
  }
  case hir::ExprKind::Match: return match(llvm::cast<MatchExpr>(e));
  case hir::ExprKind::Loop: return loop(llvm::cast<LoopExpr>(e));
  case hir::ExprKind::Field: {
    Expr *r = make(EK::Field, e);
    r->a = mirror(llvm::cast<FieldExpr>(e)->base);
    r->index = results.fieldIndices.lookup(e->id);
    return r;
  }
  case hir::ExprKind::Cast: return cast(llvm::cast<CastExpr>(e));
  case hir::ExprKind::Ascribe:
  case hir::ExprKind::DropTemps: {
    Expr *r = make(EK::Use, e);
    r->a = mirror(e->kind == hir::ExprKind::Ascribe ? llvm::cast<AscribeExpr>(e)->operand : llvm::cast<DropTempsExpr>(e)->inner);
    return r;
  }
  case hir::ExprKind::Array:
  case hir::ExprKind::Tuple: {
    bool array = e->kind == hir::ExprKind::Array;
    Expr *r = make(array ? EK::Array : EK::Tuple, e);
    r->list = mirrorAll(array ? llvm::cast<ArrayExpr>(e)->elems : llvm::cast<TupleExpr>(e)->elems);
    return r;
  }
  case hir::ExprKind::UnsafeBinderCast: {
    const UnsafeBinderCastExpr *u = llvm::cast<UnsafeBinderCastExpr>(e);
    Expr *r = make(u->wrap ? EK::WrapUnsafeBinder : EK::ValueUnwrapUnsafeBinder, e);
    r->a = mirror(u->operand);
    return r;
  }
  case hir::ExprKind::ByUse:
  case hir::ExprKind::Yield:
  case hir::ExprKind::Err: break;
  }
  failed = true;
  if (e->kind != hir::ExprKind::Err)
    tcx.sess.diag.error(e->span, "internal: this kind of expression is not supported yet");
  return make(EK::Error, e);
}

} // namespace ferric::mir_build
