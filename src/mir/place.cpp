// Types of places, operands and rvalues (rustc_middle::mir::statement, PlaceTy). Nothing is normalised: the
// types in projections and constants were when they were made.
#include "mir/ty_query.h"
#include "ty/fold.h"

namespace ferric::mir {

static Ty subsliceTy(Ctx &tcx, Ty base, const ProjElem &e) {
  if (base.is(ty::TyKind::Slice))
    return base;
  uint64_t len = 0;
  if (e.fromEnd) {
    CHECK(base.len().tryBits(len), "subslice of an array of unknown length");
    return tcx.mkArray(base.inner(), len - e.offset - e.minLength);
  }
  return tcx.mkArray(base.inner(), e.minLength - e.offset);
}

PlaceTy projectTy(Ctx &tcx, PlaceTy base, const ProjElem &e) {
  switch (e.kind) {
  case ProjKind::Deref:
    if (base.ty.isBox())
      return {base.ty.args()[0].ty(), -1};
    if (base.ty.isError())
      return base;
    return {base.ty.inner(), -1};
  case ProjKind::Field:
  case ProjKind::OpaqueCast:
  case ProjKind::UnwrapUnsafeBinder: return {e.ty, -1};
  case ProjKind::Index:
  case ProjKind::ConstantIndex: return {base.ty.isError() ? base.ty : base.ty.inner(), -1};
  case ProjKind::Subslice: return {base.ty.isError() ? base.ty : subsliceTy(tcx, base.ty, e), -1};
  case ProjKind::Downcast: return {base.ty, int(e.index)};
  }
  UNREACHABLE("projection kind");
}

PlaceTy placeTy(Ctx &tcx, const Body &body, const Place &place) {
  PlaceTy t{body.local(place.local).ty, -1};
  for (const ProjElem &e : place.proj)
    t = projectTy(tcx, t, e);
  return t;
}

Ty operandTy(Ctx &tcx, const Body &body, const Operand &op) {
  switch (op.kind) {
  case OperandKind::Copy:
  case OperandKind::Move: return placeTy(tcx, body, op.place).ty;
  case OperandKind::Constant: return op.constant().ty;
  case OperandKind::RuntimeChecks: return tcx.common.bool_;
  }
  UNREACHABLE("operand kind");
}

static Ty binaryTy(Ctx &tcx, BinOp op, Ty lhs) {
  switch (op) {
  case BinOp::AddWithOverflow:
  case BinOp::SubWithOverflow:
  case BinOp::MulWithOverflow: return tcx.mkTuple({lhs, tcx.common.bool_});
  case BinOp::Eq:
  case BinOp::Lt:
  case BinOp::Le:
  case BinOp::Ne:
  case BinOp::Ge:
  case BinOp::Gt: return tcx.common.bool_;
  case BinOp::Cmp: return tcx.typeOf(tcx.crates.langItem("Ordering"));
  default: return lhs;
  }
}

static Ty aggregateTy(Ctx &tcx, const Body &body, const Rvalue &rv) {
  switch (rv.aggregate) {
  case AggregateKind::Array: return tcx.mkArray(rv.ty, rv.operands.size());
  case AggregateKind::Tuple: {
    llvm::SmallVector<Ty, 8> tys;
    for (const Operand &o : rv.operands)
      tys.push_back(operandTy(tcx, body, o));
    return tcx.mkTuple(tys);
  }
  case AggregateKind::Adt: return tcx.mkAdt(tcx.adtDef(rv.def), rv.args);
  case AggregateKind::Closure: return tcx.mkClosure(rv.def, rv.args);
  case AggregateKind::RawPtr: return tcx.mkPtr(rv.ty, rv.mut);
  case AggregateKind::Coroutine: break;
  }
  UNREACHABLE("aggregate of a coroutine");
}

Ty rvalueTy(Ctx &tcx, const Body &body, const Rvalue &rv) {
  switch (rv.kind) {
  case RvalueKind::Use: return operandTy(tcx, body, rv.operands[0]);
  case RvalueKind::Repeat: return tcx.mkArray(operandTy(tcx, body, rv.operands[0]), rv.count);
  case RvalueKind::Ref: {
    bool mut = rv.borrow != MirBorrowKind::Shared && rv.borrow != MirBorrowKind::FakeShallow && rv.borrow != MirBorrowKind::FakeDeep;
    return tcx.mkRef(tcx.common.erased, placeTy(tcx, body, rv.place).ty, mut ? Mutability::Mut : Mutability::Not);
  }
  case RvalueKind::ThreadLocalRef: {
    Ty t = ty::eraseRegions(tcx, tcx.typeOf(rv.def));
    return rv.mut == Mutability::Mut ? tcx.mkPtr(t, Mutability::Mut) : tcx.mkRef(tcx.common.erased, t, Mutability::Not);
  }
  case RvalueKind::RawPtr: return tcx.mkPtr(placeTy(tcx, body, rv.place).ty, rv.mut);
  case RvalueKind::Cast:
  case RvalueKind::WrapUnsafeBinder: return rv.ty;
  case RvalueKind::BinaryOp: return binaryTy(tcx, rv.binOp, operandTy(tcx, body, rv.operands[0]));
  case RvalueKind::UnaryOp: {
    Ty t = operandTy(tcx, body, rv.operands[0]);
    return rv.unOp == UnOp::PtrMetadata ? pointeeMetadata(tcx, ty::ParamEnv(), t.inner()) : t;
  }
  case RvalueKind::Discriminant: return discriminantTy(tcx, placeTy(tcx, body, rv.place).ty);
  case RvalueKind::Aggregate: return aggregateTy(tcx, body, rv);
  case RvalueKind::CopyForDeref: return placeTy(tcx, body, rv.place).ty;
  }
  UNREACHABLE("rvalue kind");
}

} // namespace ferric::mir
