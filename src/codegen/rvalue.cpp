// Assignments: rvalues into memory or into SSA values (rustc_codegen_ssa::mir::rvalue).
#include "codegen/function.h"
#include "llvm/IR/Constants.h"

namespace ferric::codegen {

using mir::AggregateKind; using mir::CastKind; using mir::Rvalue; using mir::RvalueKind;

void FnCx::setDest(const mir::Place &dest, const Operand &v) {
  if (dest.isLocal()) {
    LocalRef &l = locals[dest.local.raw];
    if (l.kind == LocalRefKind::Pending) {
      l.kind = LocalRefKind::Operand;
      l.operand = v;
      return;
    }
    if (l.kind == LocalRefKind::Operand) {
      CHECK(v.layout->isZst(), "second assignment to a value in registers");
      return;
    }
  }
  store(v, place(dest));
}

void FnCx::assign(const mir::Place &dest, const Rvalue &r) {
  if (dest.isLocal()) {
    LocalRefKind kind = locals[dest.local.raw].kind;
    if (kind == LocalRefKind::Pending || kind == LocalRefKind::Operand) {
      setDest(dest, rvalue(r));
      return;
    }
    if (plan_->variables[dest.local.raw]) {
      Operand v = rvalue(r);
      store(v, place(dest));
      setKnown(dest.local, v);
      return;
    }
  }
  rvalueInto(r, place(dest));
}

void FnCx::rvalueInto(const Rvalue &r, const Place &dest) {
  switch (r.kind) {
  case RvalueKind::Repeat: repeat(r, dest); return;
  case RvalueKind::Cast:
    if (r.cast == CastKind::Unsize && dest.layout->isMemory()) {
      coerceUnsizedInto(operand(r.operands[0]), dest);
      return;
    }
    if (r.cast == CastKind::Transmute || r.cast == CastKind::Subtype) {
      transmuteInto(operand(r.operands[0]), dest);
      return;
    }
    break;
  case RvalueKind::Aggregate: {
    if (r.aggregate == AggregateKind::RawPtr)
      break;
    bool isAdt = r.aggregate == AggregateKind::Adt;
    Place at = isAdt && dest.layout.ty.is(TyKind::Adt) && dest.layout.ty.adt()->isEnum() ? projectDowncast(dest, r.variant) : dest;
    for (size_t i = 0; i < r.operands.size(); ++i) {
      Operand v = operand(r.operands[i]);
      if (v.kind == OperandKind::ZeroSized)
        continue;
      size_t field = r.activeField >= 0 ? size_t(r.activeField) : i;
      bool array = r.aggregate == AggregateKind::Array;
      store(v, array ? projectIndex(at, cx.usize(field)) : projectField(at, field));
    }
    setDiscriminant(dest, isAdt ? r.variant : 0);
    return;
  }
  default: break;
  }
  store(rvalue(r), dest);
}

Operand FnCx::rvalue(const Rvalue &r) {
  switch (r.kind) {
  case RvalueKind::Use: return operand(r.operands[0]);
  case RvalueKind::CopyForDeref: return consume(r.place);
  case RvalueKind::Ref:
  case RvalueKind::RawPtr: {
    Place p = place(r.place);
    Ty t = p.layout.ty;
    Ty ptr = r.kind == RvalueKind::RawPtr ? tcx.mkPtr(t, r.mut)
             : tcx.mkRef(tcx.common.erased, t, r.borrow == mir::MirBorrowKind::Shared ? ty::Mutability::Not : ty::Mutability::Mut);
    TyLayout l = layoutOf(ptr);
    return l->isPair() ? Operand::pair(p.ptr, p.meta, l) : Operand::immediate(p.ptr, l);
  }
  case RvalueKind::Cast: return cast(r);
  case RvalueKind::BinaryOp: return binary(r);
  case RvalueKind::UnaryOp: return unary(r);
  case RvalueKind::Discriminant: {
    std::optional<Operand> direct = consumeDirect(r.place);
    Operand v = direct ? *direct : Operand::ref(place(r.place));
    Ty t = layout::discriminantTy(tcx, v.layout.ty);
    return Operand::immediate(discriminant(v, t), layoutOf(t));
  }
  case RvalueKind::Aggregate: {
    Ty t = r.aggregate == AggregateKind::RawPtr ? tcx.mkPtr(mono(r.ty), r.mut) : mono(mir::rvalueTy(tcx, body, r));
    return aggregateOperand(r, layoutOf(t));
  }
  case RvalueKind::Repeat: {
    Place tmp = allocaFor(layoutOf(mono(mir::rvalueTy(tcx, body, r))));
    repeat(r, tmp);
    return load(tmp);
  }
  case RvalueKind::ThreadLocalRef: {
    llvm::GlobalVariable *g = cx.staticVar(r.def);
    TyLayout l = layoutOf(mono(mir::rvalueTy(tcx, body, r)));
    if (!g->isThreadLocal())
      return Operand::immediate(g, l);
    return Operand::immediate(b.CreateIntrinsic(llvm::Intrinsic::threadlocal_address, {cx.ptrTy}, {g}), l);
  }
  case RvalueKind::WrapUnsafeBinder: return transmute(operand(r.operands[0]), layoutOf(mono(r.ty)));
  }
  UNREACHABLE("rvalue kind");
}

// ---- aggregates in registers ----

namespace {
// Puts scalars into their place in a scalar or pair.
struct ScalarSlots {
  FnCx &fx;
  TyLayout layout;
  llvm::Value *a = nullptr, *b = nullptr;
  void put(uint64_t offset, llvm::Value *v, const Scalar &from) {
    bool first = offset == 0 || !layout->isPair();
    (first ? a : b) = fx.transmuteScalar(v, from, first ? layout->a : layout->b);
  }
  Operand finish() {
    if (layout->isZst())
      return Operand::zst(layout);
    llvm::Type *ta = fx.cx.scalarTy(layout->a, true);
    if (!a)
      a = llvm::UndefValue::get(ta);
    if (!layout->isPair())
      return Operand::immediate(a, layout);
    if (!b)
      b = llvm::UndefValue::get(fx.cx.scalarTy(layout->b, true));
    return Operand::pair(a, b, layout);
  }
};
} // namespace

Operand FnCx::aggregateOperand(const Rvalue &r, TyLayout l) {
  if (r.aggregate == AggregateKind::RawPtr) {
    Operand data = operand(r.operands[0]), meta = operand(r.operands[1]);
    return meta.kind == OperandKind::ZeroSized ? Operand::immediate(data.imm(), l) : Operand::pair(data.imm(), meta.imm(), l);
  }
  llvm::SmallVector<Operand, 4> values;
  bool simple = !l->isVector() && (!l->isMemory() || l->isZst());
  for (const mir::Operand &o : r.operands) {
    values.push_back(operand(o));
    simple &= values.back().kind != OperandKind::Ref;
  }
  bool isAdt = r.aggregate == AggregateKind::Adt;
  uint32_t variant = isAdt ? r.variant : 0;
  bool isEnum = isAdt && l.ty.is(TyKind::Adt) && l.ty.adt()->isEnum();
  TyLayout at = isEnum ? layout::forVariant(tcx, l, variant) : l;
  if (!simple) {
    Place tmp = allocaFor(l);
    Place narrowed = tmp;
    narrowed.layout = at;
    for (size_t i = 0; i < values.size(); ++i)
      if (values[i].kind != OperandKind::ZeroSized)
        store(values[i], projectField(narrowed, r.activeField >= 0 ? size_t(r.activeField) : i));
    setDiscriminant(tmp, variant);
    return load(tmp);
  }
  ScalarSlots slots{*this, l};
  for (size_t i = 0; i < values.size(); ++i) {
    const Operand &v = values[i];
    if (v.kind == OperandKind::ZeroSized)
      continue;
    uint64_t offset = at->offset(r.activeField >= 0 ? size_t(r.activeField) : i);
    slots.put(offset, v.a, v.layout->a);
    if (v.kind == OperandKind::Pair)
      slots.put(offset + v.layout->pairOffset(), v.b, v.layout->b);
  }
  bool uninhabited = false;
  llvm::Constant *tag = isEnum ? tagValue(l, variant, uninhabited) : nullptr;
  if (uninhabited) {
    abort();
    b.SetInsertPoint(newBlock("unreachable"));
  }
  if (tag)
    slots.put(l->offset(0), tag, l->tag);
  return slots.finish();
}

// ---- [elem; N] ----

void FnCx::repeat(const Rvalue &r, const Place &dest) {
  Operand elem = operand(r.operands[0]);
  if (dest.layout->isZst() || elem.kind == OperandKind::ZeroSized)
    return;
  uint64_t count = dest.layout->count, size = dest.layout->size;
  if (elem.kind == OperandKind::Immediate) {
    llvm::Value *v = fromImmediate(elem.a);
    if (llvm::isa<llvm::UndefValue>(v))
      return;
    llvm::Constant *c = llvm::dyn_cast<llvm::Constant>(v);
    llvm::Value *byte = v->getType()->isIntegerTy(8) ? v : c && c->isNullValue() ? b.getInt8(0) : nullptr;
    if (byte) {
      b.CreateMemSet(dest.ptr, byte, size, llvm::Align(dest.align));
      return;
    }
  }
  // A loop over the elements.
  llvm::BasicBlock *before = b.GetInsertBlock(), *head = newBlock("repeat_head"), *bodyBlock = newBlock("repeat_body"), *next = newBlock("repeat_next");
  b.CreateBr(head);
  b.SetInsertPoint(head);
  llvm::PHINode *i = b.CreatePHI(cx.i64, 2);
  i->addIncoming(cx.usize(0), before);
  b.CreateCondBr(b.CreateICmpULT(i, cx.usize(count)), bodyBlock, next);
  b.SetInsertPoint(bodyBlock);
  store(elem, projectIndex(dest, i));
  i->addIncoming(b.CreateAdd(i, cx.usize(1), "", true), b.GetInsertBlock());
  b.CreateBr(head);
  b.SetInsertPoint(next);
}

} // namespace ferric::codegen
