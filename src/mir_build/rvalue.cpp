// Evaluation of an expression as an rvalue (rustc_mir_build::builder::expr::as_rvalue): operators with their checks, casts,
// arrays, tuples and closures.
#include "mir_build/builder.h"

namespace ferric::mir_build {

static Rvalue use(Operand o) {
  Rvalue r;
  r.operands.push_back(std::move(o));
  return r;
}
static Rvalue binary(BinOp op, Operand a, Operand b) {
  Rvalue r;
  r.kind = RvalueKind::BinaryOp;
  r.binOp = op;
  r.operands = {std::move(a), std::move(b)};
  return r;
}

Rvalue Builder::asRvalue(BlockId &block, RegionScope scope, Expr *e) {
  switch (e->kind) {
  case ExprKind::Scope: {
    Rvalue r;
    inScope(e->scope, block, [&] { r = asRvalue(block, scope, e->a); });
    return r;
  }
  case ExprKind::ThreadLocalRef: {
    Rvalue r;
    r.kind = RvalueKind::ThreadLocalRef;
    r.def = e->def;
    r.mut = e->ty.is(TyKind::RawPtr) ? e->ty.mut() : Mutability::Not;
    return r;
  }
  case ExprKind::Repeat: {
    uint64_t n = 1;
    if (e->count.tryBits(n) && n == 0)
      return zeroRepeat(block, scope, e);
    Rvalue r;
    r.kind = RvalueKind::Repeat;
    r.operands.push_back(asOperand(block, scope, e->a, NeedsTemp::No));
    r.count = e->count;
    return r;
  }
  case ExprKind::Binary: {
    Operand lhs = asOperand(block, scope, e->a);
    Operand rhs = asOperand(block, scope, e->b, NeedsTemp::No);
    return binaryOp(block, e->binOp, e->span, e->ty, std::move(lhs), std::move(rhs));
  }
  case ExprKind::Unary: return unaryRvalue(block, scope, e);
  case ExprKind::Cast: return castRvalue(block, scope, e);
  case ExprKind::PointerCoercion: {
    Rvalue r;
    r.kind = RvalueKind::Cast;
    r.cast = e->cast;
    r.ty = e->ty;
    r.operands.push_back(asOperand(block, scope, e->a, NeedsTemp::No));
    return r;
  }
  case ExprKind::Array:
  case ExprKind::Tuple: {
    Rvalue r;
    r.kind = RvalueKind::Aggregate;
    r.aggregate = e->kind == ExprKind::Array ? mir::AggregateKind::Array : mir::AggregateKind::Tuple;
    if (e->kind == ExprKind::Array)
      r.ty = e->ty.inner();
    r.operands.reserve(e->list.size());
    for (Expr *x : e->list)
      r.operands.push_back(asOperand(block, scope, x));
    return r;
  }
  case ExprKind::Closure: return closureRvalue(block, scope, e);
  case ExprKind::Assign:
  case ExprKind::AssignOp: stmtExpr(block, e, RegionScope()); return use(Operand::ofConst(mir::constZst(tcx.common.unit), e->span));
  case ExprKind::Literal:
  case ExprKind::NamedConst:
  case ExprKind::Scalar:
  case ExprKind::Zst:
  case ExprKind::ConstParam:
  case ExprKind::ConstBlock:
  case ExprKind::StaticRef: return use(Operand::ofConst(asConstant(e), e->span));
  case ExprKind::WrapUnsafeBinder: {
    Rvalue r;
    r.kind = RvalueKind::WrapUnsafeBinder;
    r.ty = e->ty;
    r.operands.push_back(asOperand(block, scope, e->a));
    return r;
  }
  default: return use(asOperand(block, scope, e, NeedsTemp::No));
  }
}

// ---- checks ----
BlockId Builder::assertTerm(BlockId block, Operand cond, bool expected, mir::AssertKind kind, BinOp op, llvm::ArrayRef<Operand> args, Span span) {
  BlockId success = newBlock();
  Terminator &t = terminate(block, sourceInfo(span), TerminatorKind::Assert, {success});
  t.operand = std::move(cond);
  t.expected = expected;
  t.assertKind = kind;
  t.assertOp = op;
  t.args.append(args.begin(), args.end());
  t.unwind = mayUnwind();
  return success;
}

static Constant minValue(Ctx &tcx, Ty t) {
  unsigned size = mir::scalarSize(tcx, t);
  llvm::APInt v = llvm::APInt::getSignedMinValue(size * 8).zext(128);
  return mir::constInt(t, v.getRawData()[0], uint8_t(size), v.getRawData()[1]);
}
static Constant minusOne(Ctx &tcx, Ty t) {
  unsigned size = mir::scalarSize(tcx, t);
  llvm::APInt v = llvm::APInt::getAllOnes(size * 8).zext(128);
  return mir::constInt(t, v.getRawData()[0], uint8_t(size), v.getRawData()[1]);
}

Rvalue Builder::binaryOp(BlockId &block, BinOp op, Span span, Ty ty, Operand lhs, Operand rhs) {
  SourceInfo source = sourceInfo(span);
  Ty boolTy = tcx.common.bool_;
  auto test = [&](BinOp cmp, Operand a, Operand b) {
    Local t = temp(boolTy, span);
    assign(block, source, Place(t), binary(cmp, std::move(a), std::move(b)));
    return Operand::move(Place(t));
  };
  switch (op) {
  case BinOp::Add:
  case BinOp::Sub:
  case BinOp::Mul: {
    if (!checkOverflow || !ty.isIntegral())
      break;
    BinOp checked = op == BinOp::Add ? BinOp::AddWithOverflow : op == BinOp::Sub ? BinOp::SubWithOverflow : BinOp::MulWithOverflow;
    Place pair(temp(tcx.mkTuple({ty, boolTy}), span));
    assign(block, source, pair, binary(checked, lhs.toCopy(), rhs.toCopy()));
    block = assertTerm(block, Operand::move(pair.field(1, boolTy)), false, mir::AssertKind::Overflow, op, {lhs, rhs}, span);
    return use(Operand::move(pair.field(0, ty)));
  }
  case BinOp::Shl:
  case BinOp::Shr: {
    if (!checkOverflow || !ty.isIntegral())
      break;
    Ty rhsTy = mir::operandTy(tcx, body, rhs), unsignedTy = rhsTy;
    Operand amount = rhs.toCopy();
    if (rhsTy.is(TyKind::Int)) {
      unsignedTy = tcx.mkUint(rhsTy.intTy());
      Local t = temp(unsignedTy, span);
      Rvalue r;
      r.kind = RvalueKind::Cast;
      r.cast = CastKind::IntToInt;
      r.ty = unsignedTy;
      r.operands.push_back(std::move(amount));
      assign(block, source, Place(t), std::move(r));
      amount = Operand::move(Place(t));
    }
    Constant bits = mir::constInt(unsignedTy, mir::scalarSize(tcx, ty) * 8, uint8_t(mir::scalarSize(tcx, unsignedTy)));
    Operand ok = test(BinOp::Lt, std::move(amount), Operand::ofConst(bits, span));
    block = assertTerm(block, std::move(ok), true, mir::AssertKind::Overflow, op, {lhs.toCopy(), rhs.toCopy()}, span);
    break;
  }
  case BinOp::Div:
  case BinOp::Rem: {
    if (!ty.isIntegral())
      break;
    unsigned size = mir::scalarSize(tcx, ty);
    Operand isZero = test(BinOp::Eq, rhs.toCopy(), Operand::ofConst(mir::constInt(ty, 0, uint8_t(size)), span));
    block = assertTerm(block, std::move(isZero), false, op == BinOp::Div ? mir::AssertKind::DivisionByZero : mir::AssertKind::RemainderByZero, op, {lhs.toCopy()}, span);
    if (!mir::isSigned(ty))
      break;
    // MIN / -1 overflows, checked always.
    Operand isMinusOne = test(BinOp::Eq, rhs.toCopy(), Operand::ofConst(minusOne(tcx, ty), span));
    Operand isMin = test(BinOp::Eq, lhs.toCopy(), Operand::ofConst(minValue(tcx, ty), span));
    Operand overflow = test(BinOp::BitAnd, std::move(isMinusOne), std::move(isMin));
    block = assertTerm(block, std::move(overflow), false, mir::AssertKind::Overflow, op, {lhs.toCopy(), rhs.toCopy()}, span);
    break;
  }
  default: break;
  }
  return binary(op, std::move(lhs), std::move(rhs));
}

Rvalue Builder::unaryRvalue(BlockId &block, RegionScope scope, Expr *e) {
  Operand arg = asOperand(block, scope, e->a, NeedsTemp::No);
  if (checkOverflow && e->unOp == UnOp::Neg && mir::isSigned(e->ty)) {
    Local isMin = temp(tcx.common.bool_, e->span);
    assign(block, sourceInfo(e->span), Place(isMin), binary(BinOp::Eq, arg.toCopy(), Operand::ofConst(minValue(tcx, e->ty), e->span)));
    block = assertTerm(block, Operand::move(Place(isMin)), false, mir::AssertKind::OverflowNeg, BinOp::Sub, {arg.toCopy()}, e->span);
  }
  Rvalue r;
  r.kind = RvalueKind::UnaryOp;
  r.unOp = e->unOp;
  r.operands.push_back(std::move(arg));
  return r;
}

// Reference: "Type cast expressions"; rustc_middle::ty::cast::mir_cast_kind.
static CastKind castKind(Ty from, Ty to) {
  bool fromPtr = from.is(TyKind::RawPtr), toPtr = to.is(TyKind::RawPtr);
  bool fromFn = from.is(TyKind::FnPtr) || from.is(TyKind::FnDef), fromFloat = from.is(TyKind::Float), toFloat = to.is(TyKind::Float);
  if (fromPtr && toPtr)
    return CastKind::PtrToPtr;
  if (fromFn && toPtr)
    return CastKind::FnPtrToPtr;
  if (fromPtr || fromFn)
    return CastKind::PointerExposeProvenance;
  if (toPtr)
    return CastKind::PointerWithExposedProvenance;
  if (fromFloat)
    return toFloat ? CastKind::FloatToFloat : CastKind::FloatToInt;
  return toFloat ? CastKind::IntToFloat : CastKind::IntToInt;
}

Rvalue Builder::castRvalue(BlockId &block, RegionScope scope, Expr *e) {
  Ty from = e->a->ty;
  Rvalue r;
  r.kind = RvalueKind::Cast;
  r.ty = e->ty;
  if (from.is(TyKind::Adt) && from.adt()->isEnum()) {
    Ty discrTy = mir::reprDiscrTy(tcx, from.adt()->repr);
    Local value = asTemp(block, scope, e->a, Mutability::Not);
    Local discr = temp(discrTy, e->a->span);
    Rvalue d;
    d.kind = RvalueKind::Discriminant;
    d.place = Place(value);
    assign(block, sourceInfo(e->span), Place(discr), std::move(d));
    r.operands.push_back(Operand::move(Place(discr)));
    from = discrTy;
  } else {
    r.operands.push_back(asOperand(block, scope, e->a, NeedsTemp::No));
  }
  r.cast = castKind(from, e->ty);
  return r;
}

static bool isConstant(const Expr *e) {
  while (e->kind == ExprKind::Scope || e->kind == ExprKind::Use || (e->kind == ExprKind::PointerCoercion && e->cast == CastKind::Unsize))
    e = e->a;
  return Builder::category(e->kind) == Category::Constant;
}

// `[value; 0]` evaluates and drops the value, unless it is a constant.
Rvalue Builder::zeroRepeat(BlockId &block, RegionScope scope, Expr *e) {
  if (!isConstant(e->a)) {
    Operand v = asOperand(block, scope, e->a, NeedsTemp::No);
    if (v.kind == mir::OperandKind::Move) {
      BlockId next = newBlock();
      Terminator &t = terminate(block, sourceInfo(e->span), TerminatorKind::Drop, {next});
      t.place = v.place;
      t.unwind = mayUnwind();
      block = next;
    }
    recordMoved({v});
  }
  Rvalue r;
  r.kind = RvalueKind::Aggregate;
  r.aggregate = mir::AggregateKind::Array;
  r.ty = e->a->ty;
  return r;
}

Rvalue Builder::closureRvalue(BlockId &block, RegionScope scope, Expr *e) {
  Rvalue r;
  r.kind = RvalueKind::Aggregate;
  r.aggregate = mir::AggregateKind::Closure;
  r.def = e->def;
  r.args = e->args;
  for (Expr *u : e->list) {
    if (category(u->kind) == Category::Place)
      r.operands.push_back(consume(asPlace(block, u)));
    else if (u->kind == ExprKind::Borrow && u->borrow == MirBorrowKind::Mut)
      r.operands.push_back(captureByMut(block, scope, u));
    else
      r.operands.push_back(asOperand(block, scope, u));
  }
  return r;
}

// `&mut` of a variable that is not itself mutable is a unique borrow.
Operand Builder::captureByMut(BlockId &block, RegionScope scope, Expr *upvar) {
  Local t = temp(upvar->ty, upvar->span);
  SourceInfo source = sourceInfo(upvar->span);
  push(block, StatementKind::StorageLive, source, Place(t));
  PlaceBuilder arg = asPlaceBuilder(block, upvar->a, Mutability::Mut);
  Place place = toPlace(arg, upvar->span);
  Mutability mut = Mutability::Mut;
  if (!arg.isUpvar) {
    mut = body.local(arg.local).mut;
  } else {
    for (const ProjElem &p : place.proj)
      if (p.kind == ProjKind::Field) {
        mut = p.index < upvars_.size() ? upvars_[p.index].mut : Mutability::Mut;
        break;
      }
  }
  Rvalue r;
  r.kind = RvalueKind::Ref;
  r.borrow = mut == Mutability::Not ? MirBorrowKind::MutClosureCapture : MirBorrowKind::Mut;
  r.place = std::move(place);
  assign(block, source, Place(t), std::move(r));
  if (scope.valid()) {
    scheduleDrop(upvar->span, scope, t, DropKind::Storage);
    scheduleDrop(upvar->span, scope, t, DropKind::Value);
  }
  return Operand::move(Place(t));
}

} // namespace ferric::mir_build
