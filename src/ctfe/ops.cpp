// Rvalues: arithmetic with LLVM's APInt and APFloat, casts, aggregates, unsizing, discriminants.
#include "ctfe/interp.h"
#include "traits/normalize.h"
#include "traits/instance.h"
#include "traits/type_info.h"
#include "ty/fold.h"
#include "ty/print.h"
#include "llvm/ADT/APFloat.h"

namespace ferric::ctfe {

using mir::BinOp; using mir::CastKind;

static bool isSignedTy(Ty t) { return t.is(ty::TyKind::Int); }
static const llvm::fltSemantics &semantics(Ty t) {
  switch (t.floatTy()) {
  case ty::FloatTy::F16: return llvm::APFloat::IEEEhalf();
  case ty::FloatTy::F32: return llvm::APFloat::IEEEsingle();
  case ty::FloatTy::F64: return llvm::APFloat::IEEEdouble();
  default: return llvm::APFloat::IEEEquad();
  }
}
llvm::APFloat toFloat(u128 bits, Ty t) {
  const llvm::fltSemantics &s = semantics(t);
  return llvm::APFloat(s, llvm::APInt(llvm::APFloat::getSizeInBits(s), {uint64_t(bits), uint64_t(bits >> 64)}));
}
u128 fromApInt(const llvm::APInt &v) {
  u128 out = v.getRawData()[0];
  if (v.getNumWords() > 1)
    out |= u128(v.getRawData()[1]) << 64;
  return out;
}

bool Interp::writeBits(const Mem &dest, u128 bits) {
  return writeImm(dest, {Value::ofBits(bits, dest.type->isScalar() ? dest.type->a.size() : dest.type->size), {}});
}

bool Interp::assign(const Mem &dest, const Rvalue &rv) {
  switch (rv.kind) {
  case mir::RvalueKind::Use:
  case mir::RvalueKind::WrapUnsafeBinder: {
    Mem m;
    TRY(operand(rv.operands[0], m));
    return copyValue(m, dest);
  }
  case mir::RvalueKind::CopyForDeref: {
    Mem m;
    TRY(place(rv.place, m) && accessible(m));
    return copyValue(m, dest);
  }
  case mir::RvalueKind::Repeat: {
    Mem m, elem;
    TRY(operand(rv.operands[0], m));
    uint64_t n = dest.type->count, size = m.type->size;
    if (n == 0 || size == 0) // any number of nothing
      return true;
    TRY(index(dest, 0, elem));
    TRY(copyValue(m, elem));
    for (uint64_t done = 1; done < n; done *= 2) // what is there is copied behind itself
      TRY(memory.copy(dest.ptr, dest.ptr.plus(done * size), std::min(done, n - done) * size));
    return true;
  }
  case mir::RvalueKind::Ref:
  case mir::RvalueKind::RawPtr: {
    Mem m;
    TRY(place(rv.place, m));
    bool shared = rv.kind == mir::RvalueKind::Ref && rv.borrow < mir::MirBorrowKind::Mut;
    if (shared && isLocalAlloc(m.ptr.alloc) && traits::typeIsFreeze(tcx, {}, m.type.ty))
      m.ptr.alloc = frozen(m.ptr.alloc);
    return writeImm(dest, {Value::ofPtr(m.ptr), m.meta});
  }
  case mir::RvalueKind::ThreadLocalRef:
    return fail("cannot access thread local static");
  case mir::RvalueKind::Cast:
    return cast(rv, dest);
  case mir::RvalueKind::BinaryOp: {
    Imm l, r;
    TyLayout lt, rt;
    TRY(operandImm(rv.operands[0], l, lt));
    TRY(operandImm(rv.operands[1], r, rt));
    return binary(rv.binOp, l, lt, r, rt, dest);
  }
  case mir::RvalueKind::UnaryOp: {
    Mem m;
    TRY(operand(rv.operands[0], m));
    return unary(rv.unOp, m, dest);
  }
  case mir::RvalueKind::Discriminant: {
    Mem m;
    TRY(place(rv.place, m) && accessible(m));
    u128 discr = 0;
    uint32_t variant = 0;
    TRY(readDiscriminant(m, discr, variant));
    return writeBits(dest, discr);
  }
  case mir::RvalueKind::Aggregate:
    return aggregate(dest, rv);
  }
  return false;
}

bool Interp::aggregate(const Mem &dest, const Rvalue &rv) {
  if (rv.aggregate == mir::AggregateKind::RawPtr) {
    Imm data, meta;
    TyLayout dt, mt;
    TRY(operandImm(rv.operands[0], data, dt));
    TRY(operandImm(rv.operands[1], meta, mt));
    return writeImm(dest, {data.a, mt->size ? meta.a : Value()});
  }
  Mem target = dest;
  bool isEnum = rv.aggregate == mir::AggregateKind::Adt && dest.type.ty.is(ty::TyKind::Adt) && dest.type.ty.adt()->isEnum();
  if (isEnum)
    target.type = layout::forVariant(tcx, dest.type, rv.variant);
  if (isEnum) // what another variant had there is gone
    TRY(memory.setUninit(dest.ptr, dest.type->size));
  for (size_t i = 0; i < rv.operands.size(); ++i) {
    Mem value, to;
    TRY(operand(rv.operands[i], value));
    if (rv.aggregate == mir::AggregateKind::Array)
      TRY(index(dest, i, to));
    else
      TRY(field(target, rv.activeField >= 0 ? size_t(rv.activeField) : i, to));
    TRY(copyValue(value, to));
  }
  return isEnum ? writeDiscriminant(dest, rv.variant) : true;
}

bool Interp::readDiscriminant(const Mem &m, u128 &discr, uint32_t &variant) {
  const Layout &l = *m.type.layout;
  Ty t = m.type.ty;
  bool isEnum = t.is(ty::TyKind::Adt) && t.adt()->isEnum();
  if (l.variants == layout::VariantsKind::Empty)
    return fail("reading the discriminant of a type without values");
  if (l.variants == layout::VariantsKind::Single) {
    variant = l.index;
    discr = isEnum ? layout::discriminantFor(tcx, t.adt(), variant) : 0;
    return true;
  }
  Value tag;
  Pointer at = m.ptr.plus(l.offsets[0]);
  TRY(memory.readScalar(at, l.tag.size(), tag));
  if (l.encoding == layout::TagEncoding::Direct) {
    if (tag.kind == Value::Ptr)
      return fail("unable to turn pointer into integer");
    for (uint32_t i = 0; i < t.adt()->variants.size(); ++i) {
      discr = layout::discriminantFor(tcx, t.adt(), i);
      if (layout::truncTo(discr, l.tag.size()) == tag.bits) {
        variant = i;
        return true;
      }
    }
    return fail("enum value has invalid tag: 0x" + llvm::utohexstr(uint64_t(tag.bits), true));
  }
  variant = l.untagged;
  if (tag.kind == Value::Bits) {
    u128 relative = layout::truncTo(tag.bits - l.nicheStart, l.tag.size());
    if (relative <= l.nicheLast - l.nicheFirst)
      variant = uint32_t(l.nicheFirst + uint64_t(relative));
  } // a pointer into an allocation is never null, which is all that niches of pointers are
  discr = layout::discriminantFor(tcx, t.adt(), variant);
  return true;
}

bool Interp::writeDiscriminant(const Mem &m, uint32_t variant) {
  const Layout &l = *m.type.layout;
  if (l.variants != layout::VariantsKind::Multiple)
    return true;
  if (layout::forVariant(tcx, m.type, variant)->uninhabited)
    return fail("writing the discriminant of an uninhabited variant");
  u128 value;
  if (l.encoding == layout::TagEncoding::Direct) {
    value = layout::discriminantFor(tcx, m.type.ty.adt(), variant);
  } else {
    if (variant == l.untagged)
      return true;
    value = l.nicheStart + (variant - l.nicheFirst);
  }
  return memory.writeScalar(m.ptr.plus(l.offsets[0]), l.tag.size(), Value::ofBits(value, l.tag.size()));
}

// Inside of an allocation, its end included, there is no null; outside there may be one, unless alignment speaks against it.
bool Interp::mayBeNull(Pointer p) {
  if (p.isInt())
    return p.addr == 0;
  uint64_t size = 0, align = 1;
  if (isLocalAlloc(p.alloc) || (*tcx.allocs)[p.alloc].kind == GlobalAllocKind::Memory) {
    const Allocation *a = memory.read(p.alloc);
    if (!a)
      return true;
    size = a->bytes.size(), align = a->align;
  } else if ((*tcx.allocs)[p.alloc].kind == GlobalAllocKind::Static) {
    TyLayout l = layout::tyLayout(tcx, ty::eraseRegions(tcx, tcx.typeOf((*tcx.allocs)[p.alloc].def)));
    size = l->size, align = l->align;
  }
  return p.addr > size && p.addr % align == 0;
}

bool Interp::pointerOffset(Pointer p, i128 bytes, Pointer &out) {
  i128 to = i128(p.addr) + bytes;
  if (!p.isInt()) {
    const mir::Allocation *a = nullptr;
    bool function = !isLocalAlloc(p.alloc) && (*tcx.allocs)[p.alloc].kind == GlobalAllocKind::Function;
    if (!function && !(a = memory.read(p.alloc)))
      return false;
    if (bytes != 0 && (to < 0 || (a && to > i128(a->bytes.size()))))
      return fail("in-bounds pointer arithmetic failed: attempting to offset pointer by " + llvm::Twine(int64_t(bytes)) +
                  " bytes, but got a pointer which is only valid for " + llvm::Twine(a ? a->bytes.size() - p.addr : 0) + " bytes");
  } else if (bytes != 0) {
    return fail("in-bounds pointer arithmetic failed: attempting to offset pointer by " + llvm::Twine(int64_t(bytes)) +
                " bytes, but got a dangling pointer (it has no provenance)");
  }
  out = {p.alloc, uint64_t(to)};
  return true;
}

bool Interp::binaryPtr(BinOp op, const Imm &l, const Imm &r, const TyLayout &lt, const Mem &dest) {
  if (op == BinOp::Offset) {
    TyLayout elem;
    TRY(typed(lt.ty.inner(), elem));
    Pointer p;
    i128 n = layout::signExtend(r.a.bits, 8);
    TRY(pointerOffset(l.a.asPtr(), n * i128(elem->size), p));
    return writeImm(dest, {Value::ofPtr(p), l.b});
  }
  Pointer a = l.a.asPtr(), b = r.a.asPtr();
  int order;
  if (a.sameAlloc(b))
    order = a.addr < b.addr ? -1 : a.addr > b.addr;
  else
    return fail("pointers cannot be reliably compared during const eval");
  if (order == 0 && lt->isPair() && l.b.isBits() && r.b.isBits())
    order = l.b.bits < r.b.bits ? -1 : l.b.bits > r.b.bits;
  switch (op) {
  case BinOp::Eq: return writeBits(dest, order == 0);
  case BinOp::Ne: return writeBits(dest, order != 0);
  case BinOp::Lt: return writeBits(dest, order < 0);
  case BinOp::Le: return writeBits(dest, order <= 0);
  case BinOp::Gt: return writeBits(dest, order > 0);
  case BinOp::Ge: return writeBits(dest, order >= 0);
  case BinOp::Cmp: return writeBits(dest, u128(i128(order)));
  default: return fail("unable to turn pointer into integer");
  }
}

bool Interp::binaryFloat(BinOp op, u128 lb, u128 rb, Ty t, const Mem &dest) {
  llvm::APFloat l = toFloat(lb, t), r = toFloat(rb, t);
  auto rm = llvm::APFloat::rmNearestTiesToEven;
  switch (op) {
  case BinOp::Add: l.add(r, rm); break;
  case BinOp::Sub: l.subtract(r, rm); break;
  case BinOp::Mul: l.multiply(r, rm); break;
  case BinOp::Div: l.divide(r, rm); break;
  case BinOp::Rem: l.mod(r); break;
  default: {
    llvm::APFloat::cmpResult c = l.compare(r);
    bool lt = c == llvm::APFloat::cmpLessThan, eq = c == llvm::APFloat::cmpEqual, gt = c == llvm::APFloat::cmpGreaterThan;
    switch (op) {
    case BinOp::Eq: return writeBits(dest, eq);
    case BinOp::Ne: return writeBits(dest, !eq);
    case BinOp::Lt: return writeBits(dest, lt);
    case BinOp::Le: return writeBits(dest, lt || eq);
    case BinOp::Gt: return writeBits(dest, gt);
    case BinOp::Ge: return writeBits(dest, gt || eq);
    default: return fail("operator on floats");
    }
  }
  }
  return writeBits(dest, fromApInt(l.bitcastToAPInt()));
}

bool Interp::binary(BinOp op, const Imm &l, const TyLayout &lt, const Imm &r, const TyLayout &rt, const Mem &dest) {
  Ty t = lt.ty;
  if (op == BinOp::Offset || l.a.kind == Value::Ptr || r.a.kind == Value::Ptr || t.is(ty::TyKind::RawPtr) || t.is(ty::TyKind::FnPtr))
    return binaryPtr(op, l, r, lt, dest);
  if (lt->size == 0) // unit and other zero-sized scalars compare equal
    return writeBits(dest, op == BinOp::Eq || op == BinOp::Le || op == BinOp::Ge);
  if (t.is(ty::TyKind::Float))
    return binaryFloat(op, l.a.bits, r.a.bits, t, dest);
  unsigned width = unsigned(lt->size * 8);
  bool s = isSignedTy(t);
  auto ap = [](u128 v, unsigned w) { return llvm::APInt(w, {uint64_t(v), uint64_t(v >> 64)}); };
  llvm::APInt a = ap(l.a.bits, width), b = ap(r.a.bits, unsigned(rt->size * 8));
  bool shift = op == BinOp::Shl || op == BinOp::Shr || op == BinOp::ShlUnchecked || op == BinOp::ShrUnchecked;
  bool overflow = false;
  llvm::APInt v;
  switch (op) {
  case BinOp::Eq: return writeBits(dest, a == b);
  case BinOp::Ne: return writeBits(dest, a != b);
  case BinOp::Lt: return writeBits(dest, s ? a.slt(b) : a.ult(b));
  case BinOp::Le: return writeBits(dest, s ? a.sle(b) : a.ule(b));
  case BinOp::Gt: return writeBits(dest, s ? a.sgt(b) : a.ugt(b));
  case BinOp::Ge: return writeBits(dest, s ? a.sge(b) : a.uge(b));
  case BinOp::Cmp: return writeBits(dest, u128(i128(a == b ? 0 : (s ? a.slt(b) : a.ult(b)) ? -1 : 1)));
  case BinOp::BitAnd: v = a & b; break;
  case BinOp::BitOr: v = a | b; break;
  case BinOp::BitXor: v = a ^ b; break;
  case BinOp::Add: case BinOp::AddUnchecked: case BinOp::AddWithOverflow: v = s ? a.sadd_ov(b, overflow) : a.uadd_ov(b, overflow); break;
  case BinOp::Sub: case BinOp::SubUnchecked: case BinOp::SubWithOverflow: v = s ? a.ssub_ov(b, overflow) : a.usub_ov(b, overflow); break;
  case BinOp::Mul: case BinOp::MulUnchecked: case BinOp::MulWithOverflow: v = s ? a.smul_ov(b, overflow) : a.umul_ov(b, overflow); break;
  case BinOp::Div: case BinOp::Rem:
    if (b.isZero())
      return fail(op == BinOp::Div ? "dividing by zero" : "calculating the remainder with a divisor of zero");
    if (s && a.isMinSignedValue() && b.isAllOnes())
      return fail(op == BinOp::Div ? "overflow in signed division (dividing MIN by -1)" : "overflow in signed remainder (dividing MIN by -1)");
    v = op == BinOp::Div ? (s ? a.sdiv(b) : a.udiv(b)) : (s ? a.srem(b) : a.urem(b));
    break;
  case BinOp::Shl: case BinOp::ShlUnchecked: case BinOp::Shr: case BinOp::ShrUnchecked: {
    bool negative = isSignedTy(rt.ty) && b.isNegative();
    overflow = negative || b.uge(width);
    unsigned n = unsigned(b.extractBitsAsZExtValue(std::min(32u, b.getBitWidth()), 0)) & (width - 1);
    v = op == BinOp::Shl || op == BinOp::ShlUnchecked ? a.shl(n) : s ? a.ashr(n) : a.lshr(n);
    break;
  }
  default: return fail("operator on integers");
  }
  bool unchecked = op == BinOp::AddUnchecked || op == BinOp::SubUnchecked || op == BinOp::MulUnchecked || op == BinOp::ShlUnchecked || op == BinOp::ShrUnchecked;
  if (unchecked && overflow)
    return fail(shift ? "overflowing shift by " + llvm::utostr(uint64_t(r.a.bits)) : "arithmetic overflow in an unchecked operation");
  if (op == BinOp::AddWithOverflow || op == BinOp::SubWithOverflow || op == BinOp::MulWithOverflow)
    return writeImm(dest, {Value::ofBits(fromApInt(v), lt->size), Value::ofBits(overflow, 1)});
  return writeBits(dest, fromApInt(v));
}

bool Interp::unary(mir::UnOp op, const Mem &m, const Mem &dest) {
  Imm v;
  TRY(readImm(m, v));
  if (op == mir::UnOp::PtrMetadata) {
    if (dest.type->size == 0)
      return true;
    return writeImm(dest, {v.b, {}});
  }
  if (v.a.kind == Value::Ptr)
    return fail("unable to turn pointer into integer");
  Ty t = m.type.ty;
  if (op == mir::UnOp::Not)
    return writeBits(dest, t.isBool() ? u128(!v.a.bits) : ~v.a.bits);
  if (t.is(ty::TyKind::Float)) {
    llvm::APFloat f = toFloat(v.a.bits, t);
    f.changeSign();
    return writeBits(dest, fromApInt(f.bitcastToAPInt()));
  }
  return writeBits(dest, u128(0) - v.a.bits);
}

bool Interp::cast(const Rvalue &rv, const Mem &dest) {
  Mem src;
  TRY(operand(rv.operands[0], src));
  Ty from = src.type.ty, to = dest.type.ty;
  switch (rv.cast) {
  case CastKind::Transmute:
    if (src.type->size != dest.type->size)
      return fail("transmuting a " + llvm::Twine(src.type->size) + "-byte type to a " + llvm::Twine(dest.type->size) + "-byte type");
    return memory.copy(src.ptr, dest.ptr, src.type->size);
  case CastKind::Subtype:
  case CastKind::UnsafeFnPointer:
  case CastKind::MutToConstPointer:
    return copyValue(src, dest);
  case CastKind::PtrToPtr:
  case CastKind::FnPtrToPtr:
  case CastKind::ArrayToPointer: {
    Imm v;
    TRY(readImm(src, v));
    return writeImm(dest, {v.a, dest.type->isPair() ? v.b : Value()});
  }
  case CastKind::PointerExposeProvenance:
    return fail("exposing pointers is not possible at compile-time");
  case CastKind::PointerWithExposedProvenance: {
    u128 bits = 0;
    TRY(readBits(src, bits));
    return writeImm(dest, {Value::ofBits(bits, 8), {}});
  }
  case CastKind::IntToInt: {
    u128 bits = 0;
    TyLayout st = src.type;
    if (from.is(ty::TyKind::Adt)) { // a field-less enum: its discriminant
      uint32_t variant;
      TRY(readDiscriminant(src, bits, variant));
      Ty dt = layout::discriminantTy(tcx, from);
      TRY(typed(dt, st));
    } else {
      TRY(readBits(src, bits));
    }
    return writeBits(dest, isSignedTy(st.ty) ? u128(layout::signExtend(bits, st->size)) : bits);
  }
  case CastKind::IntToFloat: {
    u128 bits = 0;
    TRY(readBits(src, bits));
    llvm::APFloat f(semantics(to));
    f.convertFromAPInt(llvm::APInt(unsigned(src.type->size * 8), {uint64_t(bits), uint64_t(bits >> 64)}), isSignedTy(from), llvm::APFloat::rmNearestTiesToEven);
    return writeBits(dest, fromApInt(f.bitcastToAPInt()));
  }
  case CastKind::FloatToInt: { // saturating, NaN is 0 (Reference: operator expressions, "Numeric cast")
    u128 bits = 0;
    TRY(readBits(src, bits));
    llvm::APSInt out(unsigned(dest.type->size * 8), !isSignedTy(to));
    bool exact;
    llvm::APFloat f = toFloat(bits, from);
    if (f.isNaN())
      return writeBits(dest, 0);
    f.convertToInteger(out, llvm::APFloat::rmTowardZero, &exact);
    return writeBits(dest, fromApInt(out));
  }
  case CastKind::FloatToFloat: {
    u128 bits = 0;
    TRY(readBits(src, bits));
    llvm::APFloat f = toFloat(bits, from);
    bool lossy;
    f.convert(semantics(to), llvm::APFloat::rmNearestTiesToEven, &lossy);
    return writeBits(dest, fromApInt(f.bitcastToAPInt()));
  }
  case CastKind::ReifyFnPointer:
  case CastKind::ClosureFnPointer: {
    std::optional<Instance> i;
    if (rv.cast == CastKind::ClosureFnPointer)
      i = traits::resolveClosure(tcx, from.def(), from.args(), 2);
    else
      i = traits::resolveForFnPtr(tcx, {}, from.def(), from.args());
    if (!i)
      return memory.tooGeneric();
    return writeImm(dest, {Value::ofPtr({tcx.allocs->forFunction(*i), 0}), {}});
  }
  case CastKind::Unsize:
    return unsize(src, dest);
  }
  return false;
}

DefId principal(ty::ExistentialPredicates preds) {
  for (const ty::PolyExistentialPredicate &p : preds)
    if (p.value.kind == ty::ExistentialKind::Trait)
      return p.value.def;
  return {};
}

bool Interp::unsizePtr(const Mem &src, Ty srcPointee, Ty dstPointee, const Mem &dest) {
  Imm v;
  TRY(readImm(src, v));
  auto [a, b] = layout::structLockstepTails(tcx, srcPointee, dstPointee);
  if (a.is(ty::TyKind::Array) && b.is(ty::TyKind::Slice)) {
    uint64_t n = 0;
    if (!a.len().tryBits(n))
      return memory.tooGeneric();
    return writeImm(dest, {v.a, Value::ofBits(n, 8)});
  }
  if (!b.is(ty::TyKind::Dynamic))
    return memory.tooGeneric();
  if (a.is(ty::TyKind::Dynamic) && principal(a.preds()) == principal(b.preds())) // the vtable as it is
    return writeImm(dest, v);
  if (a.is(ty::TyKind::Dynamic)) { // upcasting: the vtable of the same type for the other trait
    if (v.b.kind != Value::Ptr || (*tcx.allocs)[v.b.ptr.alloc].kind != GlobalAllocKind::VTable)
      return fail("using a pointer that is no vtable as vtable");
    a = (*tcx.allocs)[v.b.ptr.alloc].ty;
  }
  return writeImm(dest, {v.a, Value::ofPtr({tcx.allocs->forVTable(a, b.preds()), 0})});
}

bool Interp::unsize(const Mem &src, const Mem &dest) {
  Ty from = src.type.ty, to = dest.type.ty;
  bool fromPtr = from.is(ty::TyKind::Ref) || from.is(ty::TyKind::RawPtr), toPtr = to.is(ty::TyKind::Ref) || to.is(ty::TyKind::RawPtr);
  if (fromPtr && toPtr)
    return unsizePtr(src, from.inner(), to.inner(), dest);
  // A smart pointer: the one field whose type changes is unsized, the others are copied (CoerceUnsized).
  for (size_t i = 0; i < src.type->fieldCount(); ++i) {
    Mem f, t;
    TRY(field(src, i, f));
    TRY(field(dest, i, t));
    if (f.type.ty == t.type.ty)
      TRY(copyValue(f, t));
    else
      TRY(unsize(f, t));
  }
  return true;
}

} // namespace ferric::ctfe
