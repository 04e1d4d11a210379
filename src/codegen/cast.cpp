// Casts: numeric, pointer, unsizing, transmutes (Reference: expressions/operator-expr, "Type cast expressions"; rustc mir::rvalue).
#include "codegen/function.h"
#include "traits/vtable.h"
#include "llvm/IR/Constants.h"

namespace ferric::codegen {

using mir::CastKind;

// ---- transmute ----

Operand FnCx::transmute(const Operand &v, TyLayout to) {
  if (to->uninhabited && to->isZst())
    return Operand::zst(to);
  if (to->isZst())
    return Operand::zst(to);
  const layout::Layout &from = *v.layout.layout;
  if (v.kind == OperandKind::Ref) {
    Place p = v.place();
    p.layout = to;
    p.meta = nullptr;
    return load(p);
  }
  if (v.kind == OperandKind::Immediate && to->isScalar() && from.isScalar() && from.size == to->size)
    return Operand::immediate(transmuteScalar(v.a, from.a, to->a), to);
  if (v.kind == OperandKind::Immediate && (from.isVector() || to->isVector()) && !to->isMemory() && !to->isPair() && from.size == to->size) {
    llvm::Type *type = cx.memoryTy(*to.layout);
    llvm::Value *x = fromImmediate(v.a);
    if (!x->getType()->isPtrOrPtrVectorTy() && !type->isPtrOrPtrVectorTy() && x->getType()->getPrimitiveSizeInBits() == type->getPrimitiveSizeInBits()) {
      x = b.CreateBitCast(x, type);
      return Operand::immediate(to->isScalar() ? toImmediate(x, to->a) : x, to);
    }
  }
  if (v.kind == OperandKind::Pair && to->isPair() && from.a.size() == to->a.size() && from.b.size() == to->b.size() &&
      from.pairOffset() == to->pairOffset())
    return Operand::pair(transmuteScalar(v.a, from.a, to->a), transmuteScalar(v.b, from.b, to->b), to);
  // Through memory.
  uint64_t align = std::max(from.align, to->align);
  Place tmp{allocaBytes(std::max(from.size, to->size), align), nullptr, align, v.layout};
  store(v, tmp);
  tmp.layout = to;
  return load(tmp);
}

void FnCx::transmuteInto(const Operand &v, const Place &dest) {
  Place p = dest;
  p.layout = v.layout;
  store(v, p);
}

// ---- unsizing ----

llvm::Value *FnCx::unsizeMetadata(Ty source, Ty target, llvm::Value *oldMeta) {
  auto [from, to] = layout::structLockstepTails(tcx, source, target);
  if (from.is(TyKind::Array) && to.is(TyKind::Slice))
    return cx.usize(layoutOf(from)->count);
  CHECK(to.is(TyKind::Dynamic), "unsizing to a type that is not unsized");
  if (!from.is(TyKind::Dynamic))
    return cx.vtable(from, to.preds());
  std::optional<uint32_t> slot = traits::upcastSlot(tcx, from, to);
  if (!slot)
    return oldMeta;
  llvm::LoadInst *l = b.CreateAlignedLoad(cx.ptrTy, b.CreateInBoundsPtrAdd(oldMeta, cx.usize(*slot * 8)), llvm::Align(8));
  l->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(cx.llcx, {}));
  l->setMetadata(llvm::LLVMContext::MD_nonnull, llvm::MDNode::get(cx.llcx, {}));
  return l;
}

static bool isPointer(Ty t) { return t.is(TyKind::Ref) || t.is(TyKind::RawPtr); }

// A pointer, or a struct that is nothing but one.
std::pair<llvm::Value *, llvm::Value *> FnCx::unsizePointer(llvm::Value *data, llvm::Value *oldMeta, Ty source, Ty target) {
  while (!isPointer(source)) {
    TyLayout from = layoutOf(source), to = layoutOf(target);
    Ty nextSource, nextTarget;
    for (size_t i = 0; i < from->fieldCount(); ++i) {
      TyLayout f = layout::fieldOf(tcx, from, i);
      if (f->is1Zst())
        continue;
      nextSource = f.ty;
      nextTarget = layout::fieldOf(tcx, to, i).ty;
    }
    CHECK(nextSource, "unsizing a struct without a pointer");
    source = nextSource;
    target = nextTarget;
  }
  return {data, unsizeMetadata(source.inner(), target.inner(), oldMeta)};
}

void FnCx::coerceUnsizedInto(const Operand &src, const Place &dest) {
  Ty from = src.layout.ty, to = dest.layout.ty;
  if (isPointer(from)) {
    auto [data, meta] = unsizePointer(src.a, src.kind == OperandKind::Pair ? src.b : nullptr, from, to);
    store(Operand::pair(data, meta, dest.layout), dest);
    return;
  }
  for (size_t i = 0; i < dest.layout->fieldCount(); ++i) {
    Place d = projectField(dest, i);
    if (d.layout->isZst())
      continue;
    Operand s = extractField(src, i);
    if (s.layout.ty == d.layout.ty)
      store(s, d);
    else
      coerceUnsizedInto(s, d);
  }
}

// ---- numbers and pointers ----

static llvm::Value *numericCast(FnCx &fx, CastKind kind, llvm::Value *v, const Scalar &from, const Scalar &to) {
  llvm::IRBuilder<> &b = fx.b;
  llvm::Type *type = fx.cx.scalarTy(to, true);
  switch (kind) {
  case CastKind::IntToInt: return b.CreateIntCast(v, type, from.prim.isSigned);
  case CastKind::FloatToFloat: return b.CreateFPCast(v, type);
  case CastKind::IntToFloat: return from.prim.isSigned ? b.CreateSIToFP(v, type) : b.CreateUIToFP(v, type);
  case CastKind::FloatToInt: // saturating, NaN is 0
    if (!fx.cx.tcx.sess.options.code.saturatingFloatCasts)
      return to.prim.isSigned ? b.CreateFPToSI(v, type) : b.CreateFPToUI(v, type);
    return b.CreateIntrinsic(to.prim.isSigned ? llvm::Intrinsic::fptosi_sat : llvm::Intrinsic::fptoui_sat, {type, v->getType()}, {v});
  case CastKind::PointerExposeProvenance: return b.CreateIntCast(b.CreatePtrToInt(v, fx.cx.i64), type, false);
  case CastKind::PointerWithExposedProvenance: return b.CreateIntToPtr(b.CreateIntCast(v, fx.cx.i64, from.prim.isSigned), type);
  default: UNREACHABLE("cast kind");
  }
}

Operand FnCx::cast(const mir::Rvalue &r) {
  Operand v = operand(r.operands[0]);
  TyLayout to = layoutOf(mono(r.ty));
  switch (r.cast) {
  case CastKind::Transmute:
  case CastKind::Subtype: return transmute(v, to);
  case CastKind::ReifyFnPointer: {
    std::optional<Instance> i = traits::resolveForFnPtr(tcx, {}, v.layout.ty.def(), v.layout.ty.args());
    CHECK(i, "function pointer to an unresolved function");
    return Operand::immediate(cx.fn(*i), to);
  }
  case CastKind::ClosureFnPointer:
    return Operand::immediate(cx.fn(traits::resolveClosure(tcx, v.layout.ty.def(), v.layout.ty.args(), 2)), to);
  case CastKind::UnsafeFnPointer:
  case CastKind::MutToConstPointer:
  case CastKind::ArrayToPointer:
    v.layout = to;
    return v;
  case CastKind::PtrToPtr:
  case CastKind::FnPtrToPtr:
    if (v.kind == OperandKind::Pair && !to->isPair())
      return Operand::immediate(v.a, to);
    v.layout = to;
    return v;
  case CastKind::Unsize: {
    if (to->isMemory()) {
      Place tmp = allocaFor(to);
      coerceUnsizedInto(v, tmp);
      return load(tmp);
    }
    if (v.kind == OperandKind::Ref) // a pointer wrapped so that it is not held in registers
      v = load(v.place());
    auto [data, meta] = unsizePointer(v.a, v.kind == OperandKind::Pair ? v.b : nullptr, v.layout.ty, to.ty);
    return Operand::pair(data, meta, to);
  }
  default: break;
  }
  if (to->uninhabited)
    return Operand::immediate(cx.poison(cx.immediateTy(*to.layout)), to);
  return Operand::immediate(numericCast(*this, r.cast, v.imm(), v.layout->a, to->a), to);
}

} // namespace ferric::codegen
