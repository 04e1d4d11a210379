// Operands: loading, storing, constants, fields of values in registers, discriminants (rustc_codegen_ssa::mir::operand).
#include "codegen/function.h"
#include "layout/location.h"
#include "llvm/IR/MDBuilder.h"

namespace ferric::codegen {

using layout::Layout; using layout::TagEncoding; using layout::VariantsKind; using mir::ProjKind;

// ---- immediates and memory ----

llvm::Value *FnCx::toImmediate(llvm::Value *v, const Scalar &s) { return s.isBool() && !v->getType()->isIntegerTy(1) ? b.CreateTrunc(v, cx.i1) : v; }
llvm::Value *FnCx::fromImmediate(llvm::Value *v) { return v->getType()->isIntegerTy(1) ? b.CreateZExt(v, cx.i8) : v; }

llvm::Value *FnCx::loadScalar(const Scalar &s, llvm::Value *ptr, uint64_t align, bool isVolatile) {
  llvm::LoadInst *l = b.CreateAlignedLoad(cx.scalarTy(s, false), ptr, llvm::Align(align), isVolatile);
  if (cx.optimizing() && !s.isUnion) {
    if (s.prim.isPtr() && !s.range.contains(0))
      l->setMetadata(llvm::LLVMContext::MD_nonnull, llvm::MDNode::get(cx.llcx, {}));
    if (s.prim.isInt() && !s.range.isFullFor(s.size())) {
      unsigned bits = unsigned(s.size() * 8);
      auto ap = [&](layout::u128 v) { uint64_t w[2] = {uint64_t(v), uint64_t(v >> 64)}; return llvm::APInt(128, w).trunc(bits); };
      l->setMetadata(llvm::LLVMContext::MD_range, llvm::MDBuilder(cx.llcx).createRange(ap(s.range.start), ap(s.range.end) + 1));
    }
    l->setMetadata(llvm::LLVMContext::MD_noundef, llvm::MDNode::get(cx.llcx, {}));
  }
  return toImmediate(l, s);
}

void FnCx::storeImmediate(llvm::Value *v, const Scalar &, llvm::Value *ptr, uint64_t align, bool isVolatile) {
  b.CreateAlignedStore(fromImmediate(v), ptr, llvm::Align(align), isVolatile);
}

// A loaded pointer is known to be aligned where its type says so.
static llvm::Value *withPointeeAlign(FnCx &fx, llvm::Value *v, TyLayout l, uint64_t offset) {
  llvm::LoadInst *load = llvm::dyn_cast<llvm::LoadInst>(v);
  if (!load || !fx.cx.optimizing() || !v->getType()->isPointerTy() || !load->hasMetadata(llvm::LLVMContext::MD_nonnull))
    return v;
  uint64_t align = layout::pointeeAlign(fx.tcx, l, offset);
  if (align > 1)
    load->setMetadata(llvm::LLVMContext::MD_align, llvm::MDNode::get(fx.cx.llcx, llvm::ConstantAsMetadata::get(fx.cx.usize(align))));
  return v;
}

Operand FnCx::load(const Place &p) {
  const Layout &l = *p.layout.layout;
  if (l.isZst())
    return Operand::zst(p.layout);
  if (!l.sized)
    return Operand::ref(p);
  switch (l.repr) {
  case layout::ReprKind::Scalar: return Operand::immediate(withPointeeAlign(*this, loadScalar(l.a, p.ptr, p.align), p.layout, 0), p.layout);
  case layout::ReprKind::Vector: return Operand::immediate(b.CreateAlignedLoad(cx.memoryTy(l), p.ptr, llvm::Align(p.align)), p.layout);
  case layout::ReprKind::ScalarPair: {
    uint64_t second = l.pairOffset();
    llvm::Value *x = withPointeeAlign(*this, loadScalar(l.a, p.ptr, p.align), p.layout, 0);
    llvm::Value *y = loadScalar(l.b, b.CreateInBoundsPtrAdd(p.ptr, cx.usize(second)), alignAt(p.align, second));
    y = withPointeeAlign(*this, y, p.layout, second);
    return Operand::pair(x, y, p.layout);
  }
  case layout::ReprKind::Memory: return Operand::ref(p);
  }
  UNREACHABLE("layout representation");
}

void FnCx::memcpyPlace(const Place &dest, const Place &src, bool isVolatile) {
  uint64_t size = dest.layout->size;
  if (size && dest.ptr != src.ptr)
    b.CreateMemCpy(dest.ptr, llvm::Align(dest.align), src.ptr, llvm::Align(src.align), size, isVolatile);
}

void FnCx::store(const Operand &v, const Place &dest, bool isVolatile) {
  switch (v.kind) {
  case OperandKind::ZeroSized: return;
  case OperandKind::Ref:
    CHECK(dest.layout->sized, "store of an unsized value");
    memcpyPlace(dest, v.place(), isVolatile);
    return;
  case OperandKind::Immediate: b.CreateAlignedStore(fromImmediate(v.a), dest.ptr, llvm::Align(dest.align), isVolatile); return;
  case OperandKind::Pair: {
    uint64_t second = v.layout->pairOffset();
    b.CreateAlignedStore(fromImmediate(v.a), dest.ptr, llvm::Align(dest.align), isVolatile);
    llvm::Value *p = b.CreateInBoundsPtrAdd(dest.ptr, cx.usize(second));
    b.CreateAlignedStore(fromImmediate(v.b), p, llvm::Align(alignAt(dest.align, second)), isVolatile);
    return;
  }
  }
}

Place FnCx::spill(const Operand &v) {
  if (v.kind == OperandKind::Ref)
    return v.place();
  Place p = allocaFor(v.layout);
  store(v, p);
  return p;
}

llvm::Value *FnCx::packed(const Operand &v) {
  if (v.kind != OperandKind::Pair)
    return v.imm();
  llvm::Value *s = cx.poison(cx.immediateTy(*v.layout.layout));
  s = b.CreateInsertValue(s, v.a, 0);
  return b.CreateInsertValue(s, v.b, 1);
}

Operand FnCx::unpacked(llvm::Value *v, TyLayout l) {
  if (!l->isPair())
    return Operand::immediate(v, l);
  return Operand::pair(b.CreateExtractValue(v, 0), b.CreateExtractValue(v, 1), l);
}

// The bits of one scalar as another of the same size; both are immediates.
llvm::Value *FnCx::transmuteScalar(llvm::Value *v, const Scalar &from, const Scalar &to) {
  if (v->getType() == cx.scalarTy(to, true)) // what it is held as counts: a downcast changes `from` but not the value
    return v;
  v = fromImmediate(v);
  llvm::Type *type = cx.scalarTy(to, false);
  if (v->getType() != type) {
    if (v->getType()->isPointerTy()) {
      v = b.CreatePtrToInt(v, cx.i64);
      if (v->getType() != type)
        v = b.CreateBitCast(v, type);
    } else if (type->isPointerTy()) {
      if (!v->getType()->isIntegerTy())
        v = b.CreateBitCast(v, cx.i64);
      v = b.CreateIntToPtr(v, type);
    } else {
      v = b.CreateBitCast(v, type);
    }
  }
  return toImmediate(v, to);
}

// ---- fields of values in registers ----

Operand FnCx::extractField(const Operand &v, size_t field) {
  TyLayout f = layout::fieldOf(tcx, v.layout, field);
  if (f->isZst())
    return Operand::zst(f);
  if (v.kind == OperandKind::Ref)
    return load(projectField(v.place(), field));
  uint64_t offset = v.layout->offset(field);
  if (f->size == v.layout->size && offset == 0)
    return transmute(v, f);
  if (v.kind == OperandKind::Pair && f->isScalar()) {
    bool first = offset == 0;
    return Operand::immediate(transmuteScalar(first ? v.a : v.b, first ? v.layout->a : v.layout->b, f->a), f);
  }
  return load(projectField(spill(v), field));
}

std::optional<Operand> FnCx::consumeDirect(const mir::Place &p) {
  const LocalRef &l = locals[p.local.raw];
  if (l.kind != LocalRefKind::Operand)
    return std::nullopt;
  Operand v = l.operand;
  for (const mir::ProjElem &e : p.proj) {
    switch (e.kind) {
    case ProjKind::Field: v = extractField(v, e.index); break;
    case ProjKind::Downcast: v.layout = layout::forVariant(tcx, v.layout, e.index); break;
    case ProjKind::OpaqueCast:
    case ProjKind::UnwrapUnsafeBinder: v = transmute(v, layoutOf(mono(e.ty))); break;
    case ProjKind::Index:
    case ProjKind::ConstantIndex: {
      TyLayout elem = layout::fieldOf(tcx, v.layout, 0);
      if (!elem->isZst())
        return std::nullopt;
      v = Operand::zst(elem);
      break;
    }
    default: return std::nullopt;
    }
  }
  return v;
}

Operand FnCx::consume(const mir::Place &p) {
  if (std::optional<Operand> v = consumeDirect(p))
    return *v;
  if (p.proj.empty() && locals[p.local.raw].kind == LocalRefKind::Pending) {
    TyLayout l = layoutOf(mono(body.local(p.local).ty));
    if (l->isZst())
      return Operand::zst(l);
  }
  if (p.proj.empty())
    for (const auto &[local, value] : known_)
      if (local == p.local)
        return Operand::immediate(value, plan_->layouts[local.raw]);
  return load(place(p));
}

// ---- constants ----

static mir::Scalar readScalar(const mir::Allocation &a, uint64_t offset, uint64_t size) {
  layout::u128 bits = 0;
  memcpy(&bits, a.bytes.data() + offset, size);
  auto r = llvm::lower_bound(a.relocs, offset, [](const mir::Relocation &r, uint64_t o) { return r.offset < o; });
  if (r != a.relocs.end() && r->offset == offset && size == 8)
    return mir::Scalar::ofPtr(r->target, uint64_t(bits));
  mir::Scalar s;
  s.bits = layout::scalarInt(bits, size);
  return s;
}

Operand FnCx::constValue(const mir::ConstValue &v, TyLayout l) {
  switch (v.kind) {
  case mir::ConstValueKind::ZeroSized: return Operand::zst(l);
  case mir::ConstValueKind::Scalar:
    CHECK(l->isScalar(), "scalar constant of another layout");
    return Operand::immediate(cx.scalarConst(v.scalar, l->a, cx.scalarTy(l->a, true)), l);
  case mir::ConstValueKind::Slice: return Operand::pair(cx.allocPtr(v.alloc, 0), cx.usize(v.meta), l);
  case mir::ConstValueKind::Indirect: break;
  }
  if (l->isZst())
    return Operand::zst(l);
  const mir::Allocation &a = *(*tcx.allocs)[v.alloc].memory;
  auto scalar = [&](const Scalar &s, uint64_t offset) -> llvm::Constant * {
    llvm::Type *type = cx.scalarTy(s, true);
    return a.init.all(offset, offset + s.size()) ? cx.scalarConst(readScalar(a, offset, s.size()), s, type) : cx.poison(type);
  };
  if (l->isScalar() && !l->a.isUnion)
    return Operand::immediate(scalar(l->a, v.offset), l);
  if (l->isVector()) { // as a value: the indices of shuffles must be constants
    llvm::SmallVector<llvm::Constant *, 16> lanes;
    for (uint64_t i = 0; i < l->count; ++i)
      lanes.push_back(scalar(l->a, v.offset + i * l->a.size()));
    return Operand::immediate(llvm::ConstantVector::get(lanes), l);
  }
  if (l->isPair() && !l->a.isUnion && !l->b.isUnion)
    return Operand::pair(scalar(l->a, v.offset), scalar(l->b, v.offset + l->pairOffset()), l);
  return load({cx.offsetPtr(cx.constGlobal(v.alloc), v.offset), nullptr, alignAt(std::max(l->align, a.align), v.offset), l});
}

Operand FnCx::constant(const mir::Constant &c) {
  TyLayout l = layoutOf(mono(c.ty));
  if (std::optional<mir::ConstValue> v = mono::evalConstant(tcx, instance, c))
    return constValue(*v, l);
  // Reported: anything will do.
  if (l->isZst())
    return Operand::zst(l);
  if (l->isScalar() || l->isVector())
    return Operand::immediate(cx.poison(cx.immediateTy(*l.layout)), l);
  if (l->isPair())
    return Operand::pair(cx.poison(cx.scalarTy(l->a, true)), cx.poison(cx.scalarTy(l->b, true)), l);
  return Operand::ref(allocaFor(l));
}

Operand FnCx::operand(const mir::Operand &o) {
  switch (o.kind) {
  case mir::OperandKind::Copy:
  case mir::OperandKind::Move: return consume(o.place);
  case mir::OperandKind::Constant: return constant(o.constant());
  case mir::OperandKind::RuntimeChecks:
    return Operand::immediate(b.getInt1(mono::runtimeCheck(tcx.sess, o.checks)), layoutOf(tcx.common.bool_));
  }
  UNREACHABLE("operand kind");
}

// ---- discriminants ----

// The variant's value of a niche-encoded enum: the tag's distance from the first niche value if that is a niche value, else the
// untagged variant's index.
static llvm::Value *nicheDiscriminant(FnCx &fx, llvm::Value *tag, TyLayout l, llvm::Type *to) {
  llvm::IRBuilder<> &b = fx.b;
  CodegenCx &cx = fx.cx;
  if (tag->getType()->isPointerTy()) {
    if (l->nicheFirst == l->nicheLast && l->nicheStart == 0) {
      llvm::Value *isNull = b.CreateICmpEQ(tag, llvm::ConstantPointerNull::get(llvm::cast<llvm::PointerType>(tag->getType())));
      return b.CreateSelect(isNull, llvm::ConstantInt::get(to, l->nicheFirst), llvm::ConstantInt::get(to, l->untagged));
    }
    tag = b.CreatePtrToInt(tag, cx.i64);
  }
  llvm::Type *type = tag->getType();
  uint64_t relativeMax = l->nicheLast - l->nicheFirst;
  llvm::Constant *start = cx.intConst(type, l->nicheStart), *untagged = llvm::ConstantInt::get(to, l->untagged);
  if (relativeMax == 0)
    return b.CreateSelect(b.CreateICmpEQ(tag, start), llvm::ConstantInt::get(to, l->nicheFirst), untagged);
  if (cx.optimizing() && l->nicheFirst <= l->untagged && l->untagged <= l->nicheLast)
    fx.assume(b.CreateICmpNE(tag, cx.intConst(type, l->nicheStart + l->untagged - l->nicheFirst)));
  uint64_t size = l->tag.size();
  layout::u128 end = layout::truncTo(l->nicheStart + relativeMax, size);
  layout::ValidRange range = l->tag.validRange();
  llvm::Value *relative = b.CreateSub(tag, start);
  llvm::Value *discr = b.CreateIntCast(relative, to, false);
  bool unsignedOk = range.start <= range.end, signedOk = layout::signExtend(range.start, size) <= layout::signExtend(range.end, size);
  llvm::Value *isNiche;
  if (unsignedOk || signedOk) {
    bool low = l->nicheStart == range.start;
    llvm::CmpInst::Predicate p = unsignedOk ? (low ? llvm::CmpInst::ICMP_ULE : llvm::CmpInst::ICMP_UGE)
                                            : (low ? llvm::CmpInst::ICMP_SLE : llvm::CmpInst::ICMP_SGE);
    isNiche = b.CreateICmp(p, tag, low ? cx.intConst(type, end) : start);
  } else {
    isNiche = b.CreateICmpULE(relative, llvm::ConstantInt::get(type, relativeMax));
  }
  if (l->nicheFirst)
    discr = b.CreateAdd(discr, llvm::ConstantInt::get(to, l->nicheFirst));
  return b.CreateSelect(isNiche, discr, untagged);
}

llvm::Value *FnCx::discriminant(const Operand &v, Ty castTo) {
  llvm::Type *to = cx.immediateTy(*layoutOf(castTo).layout);
  TyLayout l = v.layout;
  if (l->uninhabited || l->variants == VariantsKind::Empty)
    return cx.poison(to);
  if (l->variants == VariantsKind::Single) {
    bool isEnum = l.ty.is(TyKind::Adt) && l.ty.adt()->isEnum();
    return cx.intConst(to, isEnum ? layout::discriminantFor(tcx, l.ty.adt(), l->index) : 0);
  }
  llvm::Value *tag;
  if (v.kind == OperandKind::Ref) {
    uint64_t offset = l->offset(0);
    llvm::Value *p = offset ? b.CreateInBoundsPtrAdd(v.a, cx.usize(offset)) : v.a;
    tag = loadScalar(l->tag, p, alignAt(v.align, offset));
  } else if (v.kind == OperandKind::Pair) {
    bool first = l->offset(0) == 0;
    tag = transmuteScalar(first ? v.a : v.b, first ? l->a : l->b, l->tag);
  } else {
    tag = transmuteScalar(v.imm(), l->a, l->tag);
  }
  if (l->encoding == TagEncoding::Niche)
    return nicheDiscriminant(*this, fromImmediate(tag), l, to);
  return b.CreateIntCast(tag, to, l->tag.prim.isSigned && !l->tag.isBool());
}

} // namespace ferric::codegen
