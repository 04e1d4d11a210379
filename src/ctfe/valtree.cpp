// Between bytes and type-system constants. A valtree of an enum begins with the variant's index (u32);
// references are looked through (rustc-dev-guide, "Valtrees").
#include "ctfe/ctfe.h"
#include "ctfe/memory.h"

namespace ferric::ctfe {

namespace {
class Reader {
public:
  Reader(Ctx &tcx) : tcx(tcx), memory(tcx, failure) {}
  Ctx &tcx;
  Failure failure;
  Memory memory;

  ty::Const read(Pointer p, Value meta, TyLayout l) {
    Ty t = l.ty;
    switch (t.kind()) {
    case ty::TyKind::Bool: case ty::TyKind::Char: case ty::TyKind::Int: case ty::TyKind::Uint: case ty::TyKind::Float: {
      Value v;
      if (!memory.readScalar(p, l->size, v) || !v.isBits())
        return {};
      return tcx.mkScalar(t, layout::scalarInt(v.bits, l->size));
    }
    case ty::TyKind::RawPtr: { // those that are integers in disguise: addresses cannot be compared at compile time
      Value v;
      if (!l->isScalar() || !memory.readScalar(p, l->size, v) || !v.isBits())
        return {};
      return tcx.mkScalar(t, layout::scalarInt(v.bits, l->size));
    }
    case ty::TyKind::Pat:
      return read(p, meta, layout::tyLayout(tcx, t.inner()));
    case ty::TyKind::Tuple:
      return branches(t, p, l, {});
    case ty::TyKind::Array:
    case ty::TyKind::Slice:
    case ty::TyKind::Str:
      return elements(t, p, meta, l);
    case ty::TyKind::Ref: {
      TyLayout inner = layout::tyLayout(tcx, t.inner());
      Value address, innerMeta;
      if (!inner->ok() || !memory.readScalar(p, 8, address) || (!inner->sized && !memory.readScalar(p.plus(8), 8, innerMeta)))
        return {};
      ty::Const pointee = read(address.asPtr(), innerMeta, inner);
      return pointee ? tcx.mkValue(t, pointee.value()) : ty::Const();
    }
    case ty::TyKind::Adt:
      return adt(t, p, l);
    case ty::TyKind::FnDef:
      return tcx.mkValue(t, tcx.mkBranches({}));
    default:
      return {};
    }
  }

private:
  ty::Const branches(Ty t, Pointer p, TyLayout l, std::optional<uint32_t> variant) {
    llvm::SmallVector<ty::Const, 8> out;
    if (variant)
      out.push_back(tcx.mkScalar(tcx.common.u32, {*variant, 0, 4}));
    for (size_t i = 0; i < l->fieldCount(); ++i) {
      ty::Const c = read(p.plus(l->offset(i)), {}, layout::fieldOf(tcx, l, i));
      if (!c)
        return {};
      out.push_back(c);
    }
    return tcx.mkValue(t, tcx.mkBranches(out));
  }
  ty::Const elements(Ty t, Pointer p, Value meta, TyLayout l) {
    TyLayout elem = layout::tyLayout(tcx, t.is(ty::TyKind::Str) ? tcx.common.u8 : t.inner());
    uint64_t n = t.is(ty::TyKind::Array) ? l->count : uint64_t(meta.bits);
    llvm::SmallVector<ty::Const, 16> out;
    for (uint64_t i = 0; i < n; ++i) {
      ty::Const c = read(p.plus(i * elem->size), {}, elem);
      if (!c)
        return {};
      out.push_back(c);
    }
    return tcx.mkValue(t, tcx.mkBranches(out));
  }
  ty::Const adt(Ty t, Pointer p, TyLayout l) {
    const ty::AdtDef *def = t.adt();
    if (def->isUnion() || l->variants == layout::VariantsKind::Empty)
      return {};
    if (!def->isEnum())
      return branches(t, p, l, std::nullopt);
    uint32_t variant = l->index;
    if (l->variants == layout::VariantsKind::Multiple) {
      Value tag;
      if (!memory.readScalar(p.plus(l->offsets[0]), l->tag.size(), tag))
        return {};
      if (!tag.isBits()) { // an address is no niche: the only one a pointer has is null
        if (l->encoding == layout::TagEncoding::Direct)
          return {};
        variant = l->untagged;
      } else if (l->encoding == layout::TagEncoding::Direct) {
        variant = 0;
        while (variant < def->variants.size() && layout::truncTo(layout::discriminantFor(tcx, def, variant), l->tag.size()) != tag.bits)
          ++variant;
        if (variant == def->variants.size())
          return {};
      } else {
        u128 relative = layout::truncTo(tag.bits - l->nicheStart, l->tag.size());
        variant = relative <= l->nicheLast - l->nicheFirst ? uint32_t(l->nicheFirst + uint64_t(relative)) : l->untagged;
      }
    }
    return branches(t, p, layout::forVariant(tcx, l, variant), variant);
  }
};

// Writes a valtree into an allocation under construction.
class Writer {
public:
  Writer(Ctx &tcx) : tcx(tcx), memory(tcx, failure) {}
  Ctx &tcx;
  Failure failure;
  Memory memory;

  bool write(Pointer p, TyLayout l, ty::ValTree v) {
    Ty t = l.ty;
    if (v->isLeaf && !t.is(ty::TyKind::Ref))
      return memory.writeScalar(p, l->size, Value::ofBits(layout::bitsOf(v->leaf), l->size));
    switch (t.kind()) {
    case ty::TyKind::Ref: {
      TyLayout inner = layout::tyLayout(tcx, t.inner());
      Pointer to;
      size_t n = v->branches.size();
      if (inner->sized) {
        to = memory.allocate(inner->size, inner->align);
        if (!write(to, inner, v))
          return false;
      } else {
        TyLayout elem = layout::tyLayout(tcx, t.inner().isStr() ? tcx.common.u8 : t.inner().inner());
        to = memory.allocate(elem->size * n, elem->align);
        for (size_t i = 0; i < n; ++i)
          if (!write(to.plus(i * elem->size), elem, v->branches[i].value()))
            return false;
        if (!memory.writeScalar(p.plus(8), 8, Value::ofBits(n, 8)))
          return false;
      }
      return memory.writeScalar(p, 8, Value::ofPtr(to));
    }
    case ty::TyKind::Array: {
      TyLayout elem = layout::tyLayout(tcx, t.inner());
      for (size_t i = 0; i < v->branches.size(); ++i)
        if (!write(p.plus(i * elem->size), elem, v->branches[i].value()))
          return false;
      return true;
    }
    case ty::TyKind::Adt:
    case ty::TyKind::Tuple:
      return fields(p, l, v);
    default:
      return v->branches.empty();
    }
  }

private:
  bool fields(Pointer p, TyLayout l, ty::ValTree v) {
    llvm::ArrayRef<ty::Const> values = v->branches;
    TyLayout shape = l;
    bool isEnum = l.ty.is(ty::TyKind::Adt) && l.ty.adt()->isEnum();
    if (isEnum) {
      uint64_t variant = 0;
      if (values.empty() || !values[0].tryBits(variant))
        return false;
      values = values.drop_front();
      shape = layout::forVariant(tcx, l, uint32_t(variant));
      if (!tag(p, l, uint32_t(variant)))
        return false;
    }
    for (size_t i = 0; i < values.size(); ++i)
      if (!write(p.plus(shape->offset(i)), layout::fieldOf(tcx, shape, i), values[i].value()))
        return false;
    return true;
  }
  bool tag(Pointer p, TyLayout l, uint32_t variant) {
    if (l->variants != layout::VariantsKind::Multiple || (l->encoding == layout::TagEncoding::Niche && variant == l->untagged))
      return true;
    u128 bits = l->encoding == layout::TagEncoding::Direct ? layout::discriminantFor(tcx, l.ty.adt(), variant) : l->nicheStart + (variant - l->nicheFirst);
    return memory.writeScalar(p.plus(l->offsets[0]), l->tag.size(), Value::ofBits(bits, l->tag.size()));
  }
};
} // namespace

ty::Const constOfAlloc(ty::Ctx &tcx, mir::AllocId alloc, uint64_t offset, ty::Ty type) {
  TyLayout l = layout::tyLayout(tcx, type);
  if (!l->ok() || !l->sized)
    return {};
  return Reader(tcx).read({alloc, offset}, {}, l);
}

mir::AllocId allocOfConst(ty::Ctx &tcx, ty::Const c) {
  if (!c.is(ty::ConstKind::Value))
    return {};
  TyLayout l = layout::tyLayout(tcx, c.valueTy());
  if (!l->ok() || !l->sized)
    return {};
  Writer w(tcx);
  Pointer p = w.memory.allocate(l->size, l->align);
  if (!w.write(p, l, c.value()))
    return {};
  return w.memory.intern(p.alloc, false);
}

} // namespace ferric::ctfe
