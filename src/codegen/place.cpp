// Places: allocas, projections, sizes of unsized values, tags of enums (rustc_codegen_ssa::{mir::place, size_of_val}).
#include "codegen/function.h"
#include "llvm/IR/MDBuilder.h"

namespace ferric::codegen {

using layout::FieldsKind; using layout::TagEncoding; using layout::VariantsKind; using mir::ProjKind;

TyLayout FnCx::layoutOf(Ty t) {
  TyLayout l = layout::tyLayout(tcx, t);
  if (!l->ok())
    layout::reportLayoutError(tcx, t, l.layout, body.span);
  return l;
}

llvm::AllocaInst *FnCx::allocaBytes(uint64_t size, uint64_t align, const char *name) {
  llvm::AllocaInst *a = new llvm::AllocaInst(cx.bytesTy(size), 0, nullptr, llvm::Align(align), name, common_.allocaPoint->getIterator());
  return a;
}

Place FnCx::allocaFor(TyLayout l, const char *name) { return {allocaBytes(l->size, l->align, name), nullptr, l->align, l}; }

Place FnCx::derefOperand(const Operand &pointer) {
  TyLayout l = layoutOf(pointer.layout.ty.inner());
  if (pointer.kind == OperandKind::Pair)
    return {pointer.a, pointer.b, l->align, l};
  CHECK(pointer.kind == OperandKind::Immediate, "dereference of a value in memory");
  return {pointer.a, nullptr, l->align, l};
}

static llvm::Value *ptrAdd(llvm::IRBuilder<> &b, llvm::Value *p, llvm::Value *offset) {
  return b.CreateInBoundsPtrAdd(p, offset);
}

Place FnCx::projectField(const Place &p, size_t field) {
  TyLayout f = layout::fieldOf(tcx, p.layout, field);
  uint64_t offset = p.layout->offset(field);
  Place r{p.ptr, nullptr, alignAt(p.align, offset), f};
  if (!f->sized)
    r.meta = p.meta;
  bool simple = f->sized || f.ty.is(TyKind::Slice) || f.ty.is(TyKind::Str) || offset == 0;
  if (simple) {
    if (offset)
      r.ptr = ptrAdd(b, p.ptr, cx.usize(offset));
    return r;
  }
  // The tail's alignment is only known at run time: round the offset up to it.
  llvm::Value *align = sizeAndAlignOf(f.ty, p.meta).second;
  if (p.layout.ty.is(TyKind::Adt) && p.layout.ty.adt()->repr.pack)
    align = b.CreateBinaryIntrinsic(llvm::Intrinsic::umin, align, cx.usize(p.layout.ty.adt()->repr.pack));
  llvm::Value *start = cx.usize(offset);
  llvm::Value *pad = b.CreateAnd(b.CreateNeg(start), b.CreateSub(align, cx.usize(1)));
  r.ptr = ptrAdd(b, p.ptr, b.CreateAdd(start, pad));
  return r;
}

Place FnCx::projectDowncast(const Place &p, uint32_t variant) {
  Place r = p;
  r.layout = layout::forVariant(tcx, p.layout, variant);
  return r;
}

Place FnCx::projectIndex(const Place &p, llvm::Value *index) {
  TyLayout elem = layout::fieldOf(tcx, p.layout, 0);
  uint64_t offset = elem->size;
  if (llvm::ConstantInt *c = llvm::dyn_cast<llvm::ConstantInt>(index))
    offset = elem->size * c->getZExtValue();
  llvm::Value *ptr = b.CreateGEP(cx.bytesTy(elem->size), p.ptr, index, "", llvm::GEPNoWrapFlags::inBounds() | llvm::GEPNoWrapFlags::noUnsignedWrap());
  return {ptr, nullptr, alignAt(p.align, offset), elem};
}

llvm::Value *FnCx::lengthOf(const Place &p) { return p.layout->sized ? cx.usize(p.layout->count) : p.meta; }

Place FnCx::projectElem(Place base, const mir::ProjElem &e) {
  switch (e.kind) {
  case ProjKind::Deref: return derefOperand(load(base));
  case ProjKind::Field: return projectField(base, e.index);
  case ProjKind::Downcast: return projectDowncast(base, e.index);
  case ProjKind::Index: return projectIndex(base, consume(mir::Place(Local(e.index))).imm());
  case ProjKind::ConstantIndex: {
    llvm::Value *i = cx.usize(e.offset);
    return projectIndex(base, e.fromEnd ? b.CreateSub(lengthOf(base), i) : i);
  }
  case ProjKind::Subslice: {
    Place r = projectIndex(base, cx.usize(e.offset));
    Ty elem = base.layout.ty.inner();
    if (base.layout.ty.is(TyKind::Array)) {
      uint64_t end = e.fromEnd ? base.layout->count - e.minLength : e.minLength;
      r.layout = layoutOf(tcx.mkArray(elem, end - e.offset));
    } else {
      r.layout = base.layout;
      r.meta = b.CreateSub(base.meta, cx.usize(e.offset + e.minLength));
    }
    return r;
  }
  case ProjKind::OpaqueCast:
  case ProjKind::UnwrapUnsafeBinder:
    base.layout = layoutOf(mono(e.ty));
    return base;
  }
  UNREACHABLE("projection kind");
}

Place FnCx::place(const mir::Place &p) {
  const LocalRef &l = locals[p.local.raw];
  size_t from = 0;
  Place base;
  switch (l.kind) {
  case LocalRefKind::Place: base = l.place; break;
  case LocalRefKind::UnsizedPlace: base = derefOperand(load(l.place)); break;
  case LocalRefKind::Operand:
  case LocalRefKind::Pending: {
    if (l.operand.layout->isZst() || (l.kind == LocalRefKind::Pending)) {
      TyLayout z = layoutOf(mono(body.local(p.local).ty));
      CHECK(z->isZst(), "place of a value without memory");
      base = {llvm::ConstantExpr::getIntToPtr(cx.usize(z->align), cx.ptrTy), nullptr, z->align, z};
      break;
    }
    while (from < p.proj.size() && p.proj[from].kind != ProjKind::Deref)
      ++from;
    CHECK(from < p.proj.size(), "place of a value in registers");
    mir::Place pointer = p;
    pointer.proj.resize(from);
    base = derefOperand(consume(pointer));
    ++from;
    break;
  }
  }
  for (const mir::ProjElem &e : llvm::ArrayRef<mir::ProjElem>(p.proj).drop_front(from))
    base = projectElem(base, e);
  return base;
}

// ---- sizes of unsized values ----

static llvm::Value *vtableWord(FnCx &fx, llvm::Value *vtable, unsigned slot) {
  llvm::LoadInst *l = fx.b.CreateAlignedLoad(fx.cx.i64, fx.b.CreateInBoundsPtrAdd(vtable, fx.cx.usize(slot * 8)), llvm::Align(8));
  l->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(fx.cx.llcx, {}));
  return l;
}

std::pair<llvm::Value *, llvm::Value *> FnCx::sizeAndAlignOf(Ty t, llvm::Value *meta) {
  TyLayout l = layoutOf(t);
  if (l->sized)
    return {cx.usize(l->size), cx.usize(l->align)};
  switch (t.kind()) {
  case TyKind::Dynamic: return {vtableWord(*this, meta, 1), vtableWord(*this, meta, 2)};
  case TyKind::Slice:
  case TyKind::Str: {
    TyLayout elem = layout::fieldOf(tcx, l, 0);
    return {b.CreateMul(meta, cx.usize(elem->size), "", /*NUW=*/true, /*NSW=*/true), cx.usize(l->align)};
  }
  case TyKind::Foreign: return {cx.usize(0), cx.usize(1)}; // what rustc answers after a panic; it cannot be known
  default: break;
  }
  // A struct or tuple: what comes before the tail is known.
  size_t last = l->fieldCount() - 1;
  TyLayout tail = layout::fieldOf(tcx, l, last);
  auto [tailSize, tailAlign] = sizeAndAlignOf(tail.ty, meta);
  llvm::Value *offset = cx.usize(l->offset(last));
  bool packed = t.is(TyKind::Adt) && t.adt()->repr.pack;
  if (packed)
    tailAlign = b.CreateBinaryIntrinsic(llvm::Intrinsic::umin, tailAlign, cx.usize(t.adt()->repr.pack));
  llvm::Value *align = b.CreateBinaryIntrinsic(llvm::Intrinsic::umax, cx.usize(l->align), tailAlign);
  auto roundUp = [&](llvm::Value *v, llvm::Value *a) {
    llvm::Value *mask = b.CreateSub(a, cx.usize(1));
    return b.CreateAnd(b.CreateAdd(v, mask), b.CreateNeg(a));
  };
  llvm::Value *end = b.CreateAdd(roundUp(offset, tailAlign), tailSize);
  return {roundUp(end, align), align};
}

// ---- enums ----

llvm::Constant *FnCx::tagValue(TyLayout l, uint32_t variant, bool &uninhabited) {
  uninhabited = layout::forVariant(tcx, l, variant)->uninhabited;
  if (uninhabited || l->variants != VariantsKind::Multiple)
    return nullptr;
  llvm::Type *type = cx.scalarTy(l->tag, true);
  if (l->encoding == TagEncoding::Direct)
    return cx.intConst(type, layout::discriminantFor(tcx, l.ty.adt(), variant));
  if (variant == l->untagged)
    return nullptr;
  layout::u128 v = layout::truncTo(l->nicheStart + (variant - l->nicheFirst), l->tag.size());
  return cx.scalarConst(mir::Scalar{mir::ScalarKind::Int, layout::scalarInt(v, l->tag.size()), {}, 0}, l->tag, type);
}

void FnCx::setDiscriminant(const Place &p, uint32_t variant) {
  bool uninhabited = false;
  llvm::Constant *tag = tagValue(p.layout, variant, uninhabited);
  if (uninhabited) {
    abort();
    b.SetInsertPoint(newBlock("unreachable"));
    return;
  }
  if (!tag)
    return;
  uint64_t offset = p.layout->offset(0);
  llvm::Value *ptr = offset ? ptrAdd(b, p.ptr, cx.usize(offset)) : p.ptr;
  storeImmediate(tag, p.layout->tag, ptr, alignAt(p.align, offset));
}

} // namespace ferric::codegen
