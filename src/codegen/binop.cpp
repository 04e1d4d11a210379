// Operators on scalars and wide pointers (Reference: expressions/operator-expr; rustc mir::rvalue).
#include "codegen/function.h"

namespace ferric::codegen {

using llvm::CmpInst; using mir::BinOp;

static bool isSignedTy(Ty t) { return t.is(TyKind::Int); }
static bool isFloatTy(Ty t) { return t.is(TyKind::Float); }

static CmpInst::Predicate predicate(BinOp op, bool isFloat, bool isSigned) {
  switch (op) {
  case BinOp::Eq: return isFloat ? CmpInst::FCMP_OEQ : CmpInst::ICMP_EQ;
  case BinOp::Ne: return isFloat ? CmpInst::FCMP_UNE : CmpInst::ICMP_NE;
  case BinOp::Lt: return isFloat ? CmpInst::FCMP_OLT : isSigned ? CmpInst::ICMP_SLT : CmpInst::ICMP_ULT;
  case BinOp::Le: return isFloat ? CmpInst::FCMP_OLE : isSigned ? CmpInst::ICMP_SLE : CmpInst::ICMP_ULE;
  case BinOp::Gt: return isFloat ? CmpInst::FCMP_OGT : isSigned ? CmpInst::ICMP_SGT : CmpInst::ICMP_UGT;
  case BinOp::Ge: return isFloat ? CmpInst::FCMP_OGE : isSigned ? CmpInst::ICMP_SGE : CmpInst::ICMP_UGE;
  default: UNREACHABLE("comparison operator");
  }
}

llvm::Value *FnCx::compare(BinOp op, llvm::Value *l, llvm::Value *r, Ty t) {
  return b.CreateCmp(predicate(op, isFloatTy(t), isSignedTy(t)), l, r);
}

llvm::Value *FnCx::widePtrBinOp(BinOp op, const Operand &l, const Operand &r) {
  if (op == BinOp::Eq)
    return b.CreateAnd(b.CreateICmpEQ(l.a, r.a), b.CreateICmpEQ(l.b, r.b));
  if (op == BinOp::Ne)
    return b.CreateOr(b.CreateICmpNE(l.a, r.a), b.CreateICmpNE(l.b, r.b));
  BinOp strict = op == BinOp::Le ? BinOp::Lt : op == BinOp::Ge ? BinOp::Gt : op;
  llvm::Value *less = b.CreateCmp(predicate(strict, false, false), l.a, r.a);
  llvm::Value *tie = b.CreateAnd(b.CreateICmpEQ(l.a, r.a), b.CreateCmp(predicate(op, false, false), l.b, r.b));
  return b.CreateOr(less, tie);
}

// The right side brought to the width of the left; wrapping shifts mask it.
llvm::Value *FnCx::shift(BinOp op, llvm::Value *l, llvm::Value *r, Ty lhsTy, bool unchecked) {
  llvm::Type *type = l->getType();
  r = b.CreateIntCast(r, type, false);
  if (!unchecked)
    r = b.CreateAnd(r, llvm::ConstantInt::get(type, type->getIntegerBitWidth() - 1));
  bool left = op == BinOp::Shl || op == BinOp::ShlUnchecked;
  return left ? b.CreateShl(l, r) : isSignedTy(lhsTy) ? b.CreateAShr(l, r) : b.CreateLShr(l, r);
}

static llvm::Value *floatOp(llvm::IRBuilder<> &b, BinOp op, llvm::Value *l, llvm::Value *r) {
  switch (op) {
  case BinOp::Add: return b.CreateFAdd(l, r);
  case BinOp::Sub: return b.CreateFSub(l, r);
  case BinOp::Mul: return b.CreateFMul(l, r);
  case BinOp::Div: return b.CreateFDiv(l, r);
  case BinOp::Rem: return b.CreateFRem(l, r);
  default: UNREACHABLE("floating-point operator");
  }
}

llvm::Value *FnCx::scalarBinOp(BinOp op, llvm::Value *l, llvm::Value *r, Ty lhsTy, Ty rhsTy) {
  bool isSigned = isSignedTy(lhsTy);
  switch (op) {
  case BinOp::Eq: case BinOp::Ne: case BinOp::Lt: case BinOp::Le: case BinOp::Gt: case BinOp::Ge: return compare(op, l, r, lhsTy);
  case BinOp::Cmp:
    return b.CreateIntrinsic(isSigned ? llvm::Intrinsic::scmp : llvm::Intrinsic::ucmp, {cx.i8, l->getType()}, {l, r});
  case BinOp::Offset: {
    TyLayout elem = layoutOf(lhsTy.inner());
    llvm::GEPNoWrapFlags flags = llvm::GEPNoWrapFlags::inBounds();
    if (rhsTy.is(TyKind::Uint))
      flags = flags | llvm::GEPNoWrapFlags::noUnsignedWrap();
    return elem->isZst() ? l : b.CreateGEP(cx.bytesTy(elem->size), l, b.CreateIntCast(r, cx.i64, isSignedTy(rhsTy)), "", flags);
  }
  case BinOp::Shl: case BinOp::Shr: return shift(op, l, r, lhsTy, false);
  case BinOp::ShlUnchecked: case BinOp::ShrUnchecked: return shift(op, l, r, lhsTy, true);
  default: break;
  }
  if (isFloatTy(lhsTy))
    return floatOp(b, op, l, r);
  switch (op) {
  case BinOp::Add: return b.CreateAdd(l, r);
  case BinOp::Sub: return b.CreateSub(l, r);
  case BinOp::Mul: return b.CreateMul(l, r);
  case BinOp::AddUnchecked: return b.CreateAdd(l, r, "", !isSigned, isSigned);
  case BinOp::SubUnchecked: return b.CreateSub(l, r, "", !isSigned, isSigned);
  case BinOp::MulUnchecked: return b.CreateMul(l, r, "", !isSigned, isSigned);
  case BinOp::Div: return isSigned ? b.CreateSDiv(l, r) : b.CreateUDiv(l, r);
  case BinOp::Rem: return isSigned ? b.CreateSRem(l, r) : b.CreateURem(l, r);
  case BinOp::BitAnd: return b.CreateAnd(l, r);
  case BinOp::BitOr: return b.CreateOr(l, r);
  case BinOp::BitXor: return b.CreateXor(l, r);
  default: UNREACHABLE("integer operator");
  }
}

std::pair<llvm::Value *, llvm::Value *> FnCx::overflowing(BinOp op, llvm::Value *l, llvm::Value *r, Ty t) {
  bool isSigned = isSignedTy(t);
  llvm::Intrinsic::ID id;
  switch (op) {
  case BinOp::AddWithOverflow: id = isSigned ? llvm::Intrinsic::sadd_with_overflow : llvm::Intrinsic::uadd_with_overflow; break;
  case BinOp::SubWithOverflow:
    if (!isSigned)
      return {b.CreateSub(l, r), b.CreateICmpULT(l, r)};
    id = llvm::Intrinsic::ssub_with_overflow;
    break;
  case BinOp::MulWithOverflow: id = isSigned ? llvm::Intrinsic::smul_with_overflow : llvm::Intrinsic::umul_with_overflow; break;
  default: UNREACHABLE("overflowing operator");
  }
  llvm::Value *pair = b.CreateBinaryIntrinsic(id, l, r);
  return {b.CreateExtractValue(pair, 0), b.CreateExtractValue(pair, 1)};
}

Operand FnCx::binary(const mir::Rvalue &r) {
  Operand lhs = operand(r.operands[0]), rhs = operand(r.operands[1]);
  BinOp op = r.binOp;
  Ty lhsTy = lhs.layout.ty, rhsTy = rhs.layout.ty;
  TyLayout result;
  switch (op) {
  case BinOp::Eq: case BinOp::Ne: case BinOp::Lt: case BinOp::Le: case BinOp::Gt: case BinOp::Ge:
    result = layoutOf(tcx.common.bool_);
    break;
  case BinOp::AddWithOverflow: case BinOp::SubWithOverflow: case BinOp::MulWithOverflow:
    result = layoutOf(tcx.mkTuple({lhsTy, tcx.common.bool_}));
    break;
  case BinOp::Cmp: result = layoutOf(mono(mir::rvalueTy(tcx, body, r))); break;
  default: result = lhs.layout;
  }
  if (lhs.kind == OperandKind::Pair && rhs.kind == OperandKind::Pair)
    return Operand::immediate(widePtrBinOp(op, lhs, rhs), result);
  if (lhs.kind == OperandKind::ZeroSized) { // comparison of units, fn items
    bool holds = op == BinOp::Eq || op == BinOp::Le || op == BinOp::Ge;
    return Operand::immediate(b.getInt1(holds), result);
  }
  if (result->isPair()) {
    auto [v, overflow] = overflowing(op, lhs.imm(), rhs.imm(), lhsTy);
    return Operand::pair(v, overflow, result);
  }
  return Operand::immediate(scalarBinOp(op, lhs.imm(), rhs.imm(), lhsTy, rhsTy), result);
}

Operand FnCx::unary(const mir::Rvalue &r) {
  Operand v = operand(r.operands[0]);
  switch (r.unOp) {
  case mir::UnOp::Not: return Operand::immediate(b.CreateNot(v.imm()), v.layout);
  case mir::UnOp::Neg: return Operand::immediate(isFloatTy(v.layout.ty) ? b.CreateFNeg(v.imm()) : b.CreateNeg(v.imm()), v.layout);
  case mir::UnOp::PtrMetadata: {
    if (v.kind != OperandKind::Pair)
      return Operand::zst(layoutOf(tcx.common.unit));
    TyLayout l = layoutOf(mono(mir::rvalueTy(tcx, body, r)));
    if (l->isScalar())
      return Operand::immediate(transmuteScalar(v.b, v.layout->b, l->a), l);
    return Operand::immediate(v.b, l);
  }
  }
  UNREACHABLE("unary operator");
}

} // namespace ferric::codegen
