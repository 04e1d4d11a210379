// Types of fields and variants beside their layouts (rustc_middle::ty::layout, TyAndLayout::{field, for_variant}), tails of
// structs, discriminants, offset_of.
#include "layout/calc.h"
#include "traits/type_info.h"

namespace ferric::layout {

using ty::AdtDef; using ty::TyKind;

ty::TyList closureUpvars(Ty closure) { return closure.args().back().ty().tuple(); }

Ty intTyOf(Ctx &tcx, uint64_t bytes, bool isSigned) {
  static constexpr ty::IntTy kBySize[] = {ty::IntTy::I8, ty::IntTy::I16, ty::IntTy::I32, ty::IntTy::I64, ty::IntTy::I128};
  ty::IntTy t = kBySize[llvm::Log2_64(bytes)];
  return isSigned ? tcx.mkInt(t) : tcx.mkUint(t);
}

static Ty tyOfPrimitive(Ctx &tcx, Primitive p) {
  if (p.isPtr())
    return tcx.mkPtr(tcx.common.unit, ty::Mutability::Mut);
  if (p.isFloat())
    return tcx.mkFloat(ty::FloatTy(llvm::Log2_64(p.size) - 1));
  return intTyOf(tcx, p.size, p.isSigned);
}

TyLayout forVariant(Ctx &tcx, TyLayout l, uint32_t variant) {
  if (l->variants == VariantsKind::Multiple)
    return {l.ty, l->variantLayouts[variant], int(variant)};
  if (l->variants == VariantsKind::Single && l->index == variant && l->fields != FieldsKind::Primitive)
    return {l.ty, l.layout, int(variant)};
  Layout absent; // never constructed, but its fields may be named
  absent.variants = VariantsKind::Single;
  absent.index = variant;
  absent.uninhabited = true;
  absent.fields = FieldsKind::Union;
  absent.count = l.ty.is(TyKind::Adt) ? l.ty.adt()->variants[variant].fields.size() : 0;
  return {l.ty, new (tcx.arena.Allocate<Layout>()) Layout(absent), int(variant)};
}

// The two parts of a wide pointer: a thin pointer of the same kind, and the metadata.
static Ty widePointerField(Ctx &tcx, Ty ptr, size_t field) {
  bool raw = ptr.is(TyKind::RawPtr);
  if (field == 0)
    return raw ? tcx.mkPtr(tcx.common.unit, ptr.mut()) : tcx.mkRef(tcx.common.erased, tcx.common.unit, ptr.mut());
  if (ptrMetadataKind(tcx, ptr.inner()) == PtrMetadataKind::Length)
    return tcx.common.usize;
  return tcx.mkRef(tcx.common.erased, tcx.mkArray(tcx.common.usize, 3), ty::Mutability::Not);
}

Ty fieldTy(Ctx &tcx, Ty t, int variant, size_t field) {
  switch (t.kind()) {
  case TyKind::Adt: {
    const AdtDef *adt = t.adt();
    const ty::VariantDef &v = adt->variants[variant < 0 ? 0 : variant];
    return traits::fieldTy(tcx, {}, v.fields[field], t.args());
  }
  case TyKind::Tuple: return t.tuple()[field];
  case TyKind::Closure: return closureUpvars(t)[field];
  case TyKind::Array:
  case TyKind::Slice:
  case TyKind::Pat: return t.inner();
  case TyKind::Str: return tcx.common.u8;
  case TyKind::Ref:
  case TyKind::RawPtr: return widePointerField(tcx, t, field);
  default: UNREACHABLE("field of a type without fields");
  }
}

TyLayout fieldOf(Ctx &tcx, TyLayout l, size_t field) {
  if (l->variants == VariantsKind::Multiple) {
    Layout tag = Calculator::scalar(l->tag);
    return {tyOfPrimitive(tcx, l->tag.prim), new (tcx.arena.Allocate<Layout>()) Layout(tag), -1};
  }
  return tyLayout(tcx, fieldTy(tcx, l.ty, int(l->index), field));
}

Ty structTail(Ctx &tcx, Ty t) { return traits::structTail(tcx, {}, t); }
std::pair<Ty, Ty> structLockstepTails(Ctx &tcx, Ty a, Ty b) { return traits::lockstepTails(tcx, {}, a, b); }

PtrMetadataKind ptrMetadataKind(Ctx &tcx, Ty pointee) {
  switch (pointee.kind()) { // the plain cases, without a query
  case TyKind::Str:
  case TyKind::Slice: return PtrMetadataKind::Length;
  case TyKind::Dynamic: return PtrMetadataKind::VTable;
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: case TyKind::Float: case TyKind::RawPtr: case TyKind::Ref:
  case TyKind::Array: case TyKind::FnPtr: case TyKind::FnDef: case TyKind::Never: case TyKind::Closure: case TyKind::Foreign:
    return PtrMetadataKind::Thin;
  default: break;
  }
  switch (traits::metadataKind(tcx, {}, pointee)) {
  case traits::MetadataKind::None: return PtrMetadataKind::Thin;
  case traits::MetadataKind::Length: return PtrMetadataKind::Length;
  case traits::MetadataKind::Vtable: return PtrMetadataKind::VTable;
  case traits::MetadataKind::Unknown: return PtrMetadataKind::TooGeneric;
  }
  UNREACHABLE("pointer metadata kind");
}

Ty discriminantTyOfAdt(Ctx &tcx, const AdtDef *adt) {
  const ty::ReprOptions &r = adt->repr;
  if (!r.hasInt)
    return tcx.common.isize;
  if (r.intIsPtr)
    return r.intSigned ? tcx.common.isize : tcx.common.usize;
  return intTyOf(tcx, r.intSize, r.intSigned);
}

Ty discriminantTy(Ctx &tcx, Ty t) { return t.is(TyKind::Adt) && t.adt()->isEnum() ? discriminantTyOfAdt(tcx, t.adt()) : tcx.common.u8; }

u128 discriminantFor(Ctx &tcx, const AdtDef *adt, uint32_t variant) {
  uint64_t size = Repr(adt->repr).discrSize();
  const ty::VariantDef &v = adt->variants[variant];
  u128 distance = 0, base = 0;
  const ty::VariantDef *from = &v;
  if (v.discrKind == ty::DiscrKind::Relative) {
    distance = v.discrOffset;
    from = &adt->variants[variant - v.discrOffset];
  }
  if (from->discrKind == ty::DiscrKind::Explicit) {
    ty::Const c = tcx.evalUnevaluated({from->discrExpr, {}, {}});
    if (c && c.is(ty::ConstKind::Value) && c.value()->isLeaf)
      base = bitsOf(c.value()->leaf);
  }
  return truncTo(base + distance, size);
}

std::optional<uint64_t> offsetOf(Ctx &tcx, Ty container, llvm::ArrayRef<std::pair<uint32_t, uint32_t>> path) {
  TyLayout l = tyLayout(tcx, container);
  uint64_t offset = 0;
  for (auto [variant, field] : path) {
    if (!l->ok())
      return std::nullopt;
    TyLayout v = l.ty.is(TyKind::Adt) ? forVariant(tcx, l, variant) : l;
    uint64_t here = v->offset(field);
    l = fieldOf(tcx, v, field);
    if (!l->ok())
      return std::nullopt;
    offset += here;
  }
  return offset;
}

} // namespace ferric::layout
