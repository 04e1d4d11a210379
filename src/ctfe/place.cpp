// Places and operands: every local lives in memory of its own, made when it is first used. Projections
// follow the layout; wide pointers carry their metadata beside the address.
#include "ctfe/interp.h"
#include "traits/normalize.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::ctfe {

Ty Interp::subst(Ty t) {
  GenericArgs args = stack_.empty() ? GenericArgs() : frame().instance.args;
  return traits::instantiateAndNormalize(tcx, {}, t, args);
}
GenericArgs Interp::subst(GenericArgs a) {
  if (!a.p)
    return a;
  return traits::instantiateAndNormalize(tcx, {}, a, stack_.empty() ? GenericArgs() : frame().instance.args);
}

bool Interp::typed(Ty t, TyLayout &out) {
  out = layout::tyLayout(tcx, t);
  if (out->ok())
    return true;
  if (out->error == layout::LayoutError::TooGeneric)
    return memory.tooGeneric();
  return fail(out->error == layout::LayoutError::Error ? "" : layout::layoutErrorText(tcx, t, out->error)); // empty: reported before
}

bool Interp::tempOf(const TyLayout &t, Mem &out) {
  TRY(memory.fits(t->size));
  out = {memory.allocate(t->size, t->align), {}, t};
  return true;
}
bool Interp::temp(Ty t, Mem &out) {
  TyLayout l;
  TRY(typed(t, l));
  return tempOf(l, out);
}

bool Interp::local(mir::Local l, Mem &out) {
  Frame &f = frame();
  if (!f.live[l.raw]) {
    Mem m;
    TRY(temp(subst(f.body->locals[l.raw].ty), m));
    f.locals[l.raw] = m;
    f.live[l.raw] = 1;
  }
  out = f.locals[l.raw];
  return true;
}

// The alignment of an unsized tail inside of a type: no more than the type's packing allows.
static uint64_t packed(Ty container, uint64_t align) {
  uint32_t pack = container.is(ty::TyKind::Adt) ? container.adt()->repr.pack : 0;
  return pack ? std::min<uint64_t>(align, pack) : align;
}

bool Interp::field(const Mem &base, size_t index, Mem &out) {
  TyLayout l = layout::fieldOf(tcx, base.type, index);
  if (!l->ok())
    return l->error == layout::LayoutError::TooGeneric ? memory.tooGeneric() : fail(layout::layoutErrorText(tcx, l.ty, l->error));
  uint64_t offset = base.type->offset(index);
  if (!l->sized) {
    // The unsized tail: aligned as the dynamic value asks.
    Mem tail{base.ptr, base.meta, l};
    if (offset == 0 && layout::structLockstepTails(tcx, l.ty, l.ty).first.is(ty::TyKind::Foreign)) {
      out = tail; // whatever its alignment is
      return true;
    }
    uint64_t size = 0, align = l->align;
    TRY(sizeAlignOf(tail, size, align));
    offset = layout::alignTo(offset, packed(base.type.ty, align));
    out = {base.ptr.plus(offset), base.meta, l};
    return true;
  }
  out = {base.ptr.plus(offset), {}, l};
  return true;
}

bool Interp::length(const Mem &m, uint64_t &out) {
  if (m.type.ty.is(ty::TyKind::Array)) {
    out = m.type->count;
    return true;
  }
  if (!m.meta.isBits())
    return fail("slice without a length");
  out = uint64_t(m.meta.bits);
  return true;
}

bool Interp::index(const Mem &base, uint64_t i, Mem &out) {
  uint64_t len = 0;
  TRY(length(base, len));
  if (i >= len)
    return fail("indexing out of bounds: the len is " + llvm::Twine(len) + " but the index is " + llvm::Twine(i));
  TyLayout elem;
  TRY(typed(base.type.ty.inner(), elem));
  if (elem->size && i > uint64_t(INT64_MAX) / elem->size)
    return fail("overflowing pointer arithmetic: the total offset in bytes does not fit in an `isize`");
  out = {base.ptr.plus(i * elem->size), {}, elem};
  return true;
}

bool Interp::memOfPointer(const Imm &p, Ty pointee, Mem &out) {
  TyLayout l;
  TRY(typed(pointee, l));
  out = {p.a.asPtr(), l->sized ? Value() : p.b, l};
  if (p.a.kind == Value::Uninit)
    return fail("using uninitialized data as a pointer");
  return true;
}

bool Interp::deref(const Mem &pointer, Mem &out) {
  Imm p;
  TRY(readImm(pointer, p));
  Ty t = pointer.type.ty;
  if (!t.is(ty::TyKind::Ref) && !t.is(ty::TyKind::RawPtr))
    return fail("dereferencing a value of type `" + ty::show(tcx, t) + "`");
  return memOfPointer(p, t.inner(), out);
}

bool Interp::project(Mem base, const mir::ProjElem &e, Mem &out) {
  switch (e.kind) {
  case mir::ProjKind::Deref:
    return deref(base, out);
  case mir::ProjKind::Field:
    return field(base, e.index, out);
  case mir::ProjKind::Downcast:
    out = base;
    out.type = layout::forVariant(tcx, base.type, e.index);
    return true;
  case mir::ProjKind::Index: {
    Mem i;
    TRY(local(mir::Local(e.index), i));
    u128 n = 0;
    TRY(readBits(i, n));
    return index(base, uint64_t(n), out);
  }
  case mir::ProjKind::ConstantIndex: {
    uint64_t len = 0;
    TRY(length(base, len));
    if (len < e.minLength)
      return fail("indexing out of bounds: the len is " + llvm::Twine(len));
    return index(base, e.fromEnd ? len - e.offset : e.offset, out);
  }
  case mir::ProjKind::Subslice: {
    uint64_t len = 0;
    TRY(length(base, len));
    uint64_t from = e.offset, to = e.fromEnd ? len - e.minLength : e.minLength;
    Ty elemTy = base.type.ty.inner();
    TyLayout elem, sub;
    TRY(typed(elemTy, elem));
    bool array = base.type.ty.is(ty::TyKind::Array);
    TRY(typed(array ? tcx.mkArray(elemTy, to - from) : tcx.mkSlice(elemTy), sub));
    out = {base.ptr.plus(from * elem->size), array ? Value() : Value::ofBits(to - from, 8), sub};
    return true;
  }
  case mir::ProjKind::OpaqueCast:
  case mir::ProjKind::UnwrapUnsafeBinder: {
    out = base;
    return typed(subst(e.ty), out.type);
  }
  }
  return false;
}

bool Interp::place(const Place &p, Mem &out) {
  TRY(local(p.local, out));
  for (const mir::ProjElem &e : p.proj) {
    Mem next;
    TRY(project(out, e, next));
    if (e.kind == mir::ProjKind::Deref)
      checkAligned(next);
    else
      next.underAligned = out.underAligned;
    out = next;
  }
  return true;
}

// A pointer is as aligned as its allocation and its offset say, wherever the allocation will lie.
void Interp::checkAligned(Mem &m) {
  uint64_t required = m.type->align, have = required;
  if (required == 1 || !m.type->sized)
    return;
  if (isLocalAlloc(m.ptr.alloc) || (!m.ptr.isInt() && (*tcx.allocs)[m.ptr.alloc].kind == GlobalAllocKind::Memory)) {
    if (const Allocation *a = isLocalAlloc(m.ptr.alloc) ? memory.alive(m.ptr.alloc) : (*tcx.allocs)[m.ptr.alloc].memory)
      have = a->align;
  } else if (!m.ptr.isInt() && (*tcx.allocs)[m.ptr.alloc].kind == GlobalAllocKind::Static) {
    TyLayout l = layout::tyLayout(tcx, ty::eraseRegions(tcx, tcx.typeOf((*tcx.allocs)[m.ptr.alloc].def)));
    if (l->ok())
      have = l->align;
  }
  if (m.ptr.addr)
    have = std::min(have, m.ptr.addr & (~m.ptr.addr + 1));
  m.underAligned = have < required ? have : 0;
}

bool Interp::accessible(const Mem &m) {
  return !m.underAligned || fail("accessing memory based on pointer with alignment " + llvm::Twine(m.underAligned) + ", but alignment " +
                                 llvm::Twine(m.type->align) + " is required");
}

bool Interp::readImm(const Mem &m, Imm &out) {
  if (m.type->isScalar())
    return memory.readScalar(m.ptr, m.type->a.size(), out.a);
  if (m.type->isPair())
    return memory.readScalar(m.ptr, m.type->a.size(), out.a) &&
           memory.readScalar(m.ptr.plus(m.type->pairOffset()), m.type->b.size(), out.b);
  if (m.type->size == 0)
    return true;
  if (m.type->size <= 16)
    return memory.readScalar(m.ptr, m.type->size, out.a);
  return fail("reading a value of type `" + ty::show(tcx, m.type.ty) + "` as a scalar");
}

bool Interp::writeImm(const Mem &m, const Imm &v) {
  if (m.type->isPair())
    return memory.writeScalar(m.ptr, m.type->a.size(), v.a) && memory.writeScalar(m.ptr.plus(m.type->pairOffset()), m.type->b.size(), v.b);
  if (m.type->size == 0)
    return true;
  return memory.writeScalar(m.ptr, m.type->isScalar() ? m.type->a.size() : m.type->size, v.a);
}

bool Interp::readBits(const Mem &m, u128 &out) {
  Imm v;
  TRY(readImm(m, v));
  if (v.a.kind == Value::Ptr)
    return fail("unable to turn pointer into integer");
  out = v.a.bits;
  return true;
}

// Scalars are read as such: whole, and as numbers where they are no pointers. Other values are bytes.
bool Interp::copyValue(const Mem &from, const Mem &to) {
  const Layout &l = *from.type.layout;
  if (l.isScalar() && !l.a.isUnion)
    TRY(memory.readable(from.ptr, l.a.size(), l.a.prim.isPtr()));
  else if (l.isPair() && !l.a.isUnion && !l.b.isUnion)
    TRY(memory.readable(from.ptr, l.a.size(), l.a.prim.isPtr()) && memory.readable(from.ptr.plus(l.pairOffset()), l.b.size(), l.b.prim.isPtr()));
  return memory.copy(from.ptr, to.ptr, from.type->size);
}

bool Interp::operand(const Operand &o, Mem &out) {
  switch (o.kind) {
  case mir::OperandKind::Copy:
  case mir::OperandKind::Move:
    return place(o.place, out) && accessible(out);
  case mir::OperandKind::Constant:
    return evalConstant(o.constant(), out);
  case mir::OperandKind::RuntimeChecks:
    TRY(temp(tcx.common.bool_, out));
    // Overflow checks are always on at compile time; checks for undefined behaviour are the interpreter's own.
    return writeBits(out, o.checks == mir::RuntimeChecks::OverflowChecks);
  }
  return false;
}

bool Interp::operandImm(const Operand &o, Imm &out, TyLayout &type) {
  Mem m;
  TRY(operand(o, m));
  type = m.type;
  return readImm(m, out);
}

bool Interp::sizeAlignOf(const Mem &m, uint64_t &size, uint64_t &align) {
  if (m.type->sized) {
    size = m.type->size;
    align = m.type->align;
    return true;
  }
  Ty t = m.type.ty;
  switch (t.kind()) {
  case ty::TyKind::Slice:
  case ty::TyKind::Str: {
    uint64_t elem = 1;
    align = 1;
    if (t.is(ty::TyKind::Slice)) {
      TyLayout l;
      TRY(typed(t.inner(), l));
      elem = l->size;
      align = l->align;
    }
    size = elem * uint64_t(m.meta.bits);
    return true;
  }
  case ty::TyKind::Dynamic: {
    if (m.meta.kind != Value::Ptr || isLocalAlloc(m.meta.ptr.alloc) || (*tcx.allocs)[m.meta.ptr.alloc].kind != GlobalAllocKind::VTable)
      return fail("using a pointer that is no vtable as vtable");
    TyLayout l;
    TRY(typed((*tcx.allocs)[m.meta.ptr.alloc].ty, l));
    size = l->size;
    align = l->align;
    return true;
  }
  case ty::TyKind::Foreign:
    return fail("`extern type` does not have known layout");
  default: {
    size_t last = m.type->fieldCount() - 1;
    TyLayout tailType = layout::fieldOf(tcx, m.type, last);
    Mem tail{m.ptr, m.meta, tailType};
    uint64_t tailSize = 0, tailAlign = 1;
    TRY(sizeAlignOf(tail, tailSize, tailAlign));
    tailAlign = packed(t, tailAlign);
    align = std::max(m.type->align, tailAlign);
    size = layout::alignTo(layout::alignTo(m.type->offset(last), tailAlign) + tailSize, align);
    return true;
  }
  }
}

} // namespace ferric::ctfe
