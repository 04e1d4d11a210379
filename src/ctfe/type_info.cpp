// What a type is made of, as the constant `core::mem::type_info::Type` (intrinsic `type_of`), and the vtable of a type for a trait
// object type (`type_id_vtable`). The records are core's own types: their fields and variants are found by name, so that their order
// and layout stay core's affair (rustc_const_eval::const_eval::{type_info, dyn_trait} fill them alike).
#include "ctfe/interp.h"
#include "traits/elaborate.h"
#include "traits/solve.h"
#include "traits/type_info.h"
#include "ty/fold.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::ctfe {

using ty::TyKind;

namespace {
const char *abiName(ty::Abi abi) {
  static const char *const names[] = {"Rust", "rust-call", "rust-cold", "rust-intrinsic", "C", "system", "sysv64", "win64", "efiapi", "aapcs",
                                      "unadjusted", "custom", "x86-interrupt", "vectorcall", "fastcall", "stdcall", "thiscall", "cdecl"};
  return names[unsigned(abi)];
}

const char *kindName(Ty t) {
  switch (t.kind()) {
  case TyKind::Tuple: return "Tuple";
  case TyKind::Array: return "Array";
  case TyKind::Slice: return "Slice";
  case TyKind::Dynamic: return "DynTrait";
  case TyKind::Adt: return t.adt()->isEnum() ? "Enum" : t.adt()->isUnion() ? "Union" : "Struct";
  case TyKind::Bool: return "Bool";
  case TyKind::Char: return "Char";
  case TyKind::Int: case TyKind::Uint: return "Int";
  case TyKind::Float: return "Float";
  case TyKind::Str: return "Str";
  case TyKind::Ref: return "Reference";
  case TyKind::RawPtr: return "Pointer";
  case TyKind::FnPtr: return "FnPtr";
  default: return "Other";
  }
}
} // namespace

// Fills one `Type`. Each method writes one record; `record` hands over its fields by name.
class TypeInfoWriter {
public:
  explicit TypeInfoWriter(Interp &interp) : in_(interp), tcx_(interp.tcx) {}
  bool type(Ty t, const Mem &dest);

private:
  using Field = llvm::function_ref<bool(llvm::StringRef, const Mem &)>;
  using Element = llvm::function_ref<bool(size_t, const Mem &)>;
  bool record(const Mem &dest, Field f);
  bool variant(const Mem &dest, llvm::StringRef name, llvm::function_ref<bool(const Mem &)> payload);
  bool slice(const Mem &dest, size_t count, Element f);
  bool kind(Ty t, const Mem &payload);
  bool adt(Ty t, const Mem &payload);
  bool enumVariant(Ty t, size_t index, const Mem &dest);
  bool fields(const layout::TyLayout &l, llvm::ArrayRef<ty::FieldDef> defs, const Mem &dest);
  bool generic(ty::GenericArg a, const Mem &dest);
  bool dynTrait(Ty t, const Mem &dest);
  bool fnPtr(const ty::FnSig &sig, const Mem &payload);
  bool abi(ty::Abi abi, const Mem &dest);

  bool bits(const Mem &dest, u128 v) { return in_.writeBits(dest, v); }
  bool id(Ty t, const Mem &dest) { return in_.writeTypeId(ty::eraseRegions(tcx_, t), dest); }
  bool str(llvm::StringRef text, const Mem &dest) {
    return in_.writeImm(dest, {Value::ofPtr({tcx_.allocs->forBytes(text), 0}), Value::ofBits(text.size(), 8)});
  }
  bool unknown(llvm::StringRef what) { return in_.fail("type information does not know `" + what + "`"); }

  Interp &in_;
  Ctx &tcx_;
};

bool TypeInfoWriter::record(const Mem &dest, Field f) {
  llvm::ArrayRef<ty::FieldDef> defs = dest.type.ty.adt()->nonEnum().fields;
  for (size_t i = 0; i < defs.size(); ++i) {
    Mem place;
    TRY(in_.field(dest, i, place));
    TRY(f(tcx_.sess.str(defs[i].name), place));
  }
  return true;
}

// A variant with at most one field, which `payload` writes.
bool TypeInfoWriter::variant(const Mem &dest, llvm::StringRef name, llvm::function_ref<bool(const Mem &)> payload) {
  llvm::ArrayRef<ty::VariantDef> variants = dest.type.ty.adt()->variants;
  for (uint32_t i = 0; i < variants.size(); ++i) {
    if (tcx_.sess.str(variants[i].name) != name)
      continue;
    Mem inside = dest, field;
    inside.type = layout::forVariant(tcx_, dest.type, i);
    if (!variants[i].fields.empty()) {
      TRY(in_.field(inside, 0, field));
      TRY(payload(field));
    }
    return in_.writeDiscriminant(dest, i);
  }
  return unknown(name);
}

// `&'static [T]`: an array of its own, and the pointer to it.
bool TypeInfoWriter::slice(const Mem &dest, size_t count, Element f) {
  Mem array;
  TRY(in_.temp(tcx_.mkArray(dest.type.ty.inner().inner(), count), array));
  for (size_t i = 0; i < count; ++i) {
    Mem element;
    TRY(in_.index(array, i, element));
    TRY(f(i, element));
  }
  return in_.writeImm(dest, {Value::ofPtr(array.ptr), Value::ofBits(count, 8)});
}

bool TypeInfoWriter::type(Ty t, const Mem &dest) {
  return record(dest, [&](llvm::StringRef name, const Mem &place) {
    if (name == "kind")
      return variant(place, kindName(t), [&](const Mem &payload) { return kind(t, payload); });
    if (name != "size")
      return unknown(name);
    TyLayout l;
    TRY(in_.typed(t, l));
    return variant(place, l->sized ? "Some" : "None", [&](const Mem &size) { return bits(size, l->size); });
  });
}

bool TypeInfoWriter::kind(Ty t, const Mem &payload) {
  if (t.is(TyKind::Adt))
    return adt(t, payload);
  if (t.is(TyKind::FnPtr))
    return fnPtr(ty::eraseLateBound(tcx_, t.fnPtrSig()), payload);
  return record(payload, [&](llvm::StringRef name, const Mem &place) {
    if (name == "element_ty" || name == "pointee")
      return id(t.inner(), place);
    if (name == "mutable")
      return bits(place, t.mut() == ty::Mutability::Mut);
    if (name == "signed")
      return bits(place, t.is(TyKind::Int));
    if (name == "predicates")
      return dynTrait(t, place);
    TyLayout l;
    TRY(in_.typed(t, l));
    if (name == "len")
      return bits(place, l->count);
    if (name == "bits")
      return bits(place, l->size * 8);
    return name == "fields" ? fields(l, {}, place) : unknown(name);
  });
}

bool TypeInfoWriter::adt(Ty t, const Mem &payload) {
  const ty::AdtDef &def = *t.adt();
  return record(payload, [&](llvm::StringRef name, const Mem &place) {
    if (name == "generics")
      return slice(place, t.args().size(), [&](size_t i, const Mem &element) { return generic(t.args()[i], element); });
    if (name == "non_exhaustive")
      return bits(place, def.isEnum() ? def.nonExhaustive : def.nonEnum().nonExhaustive);
    if (name == "variants")
      return slice(place, def.variants.size(), [&](size_t i, const Mem &element) { return enumVariant(t, i, element); });
    if (name != "fields")
      return unknown(name);
    TyLayout l;
    TRY(in_.typed(t, l));
    return fields(l, def.nonEnum().fields, place);
  });
}

bool TypeInfoWriter::enumVariant(Ty t, size_t index, const Mem &dest) {
  const ty::VariantDef &def = t.adt()->variants[index];
  return record(dest, [&](llvm::StringRef name, const Mem &place) {
    if (name == "name")
      return str(tcx_.sess.str(def.name), place);
    if (name == "non_exhaustive")
      return bits(place, def.nonExhaustive);
    if (name != "fields")
      return unknown(name);
    TyLayout l;
    TRY(in_.typed(t, l));
    return fields(layout::forVariant(tcx_, l, uint32_t(index)), def.fields, place);
  });
}

// Fields of a struct, union, variant, or (without definitions) of a tuple, whose names are their positions.
bool TypeInfoWriter::fields(const TyLayout &l, llvm::ArrayRef<ty::FieldDef> defs, const Mem &dest) {
  bool tuple = l.ty.is(TyKind::Tuple);
  return slice(dest, tuple ? l.ty.tuple().size() : defs.size(), [&](size_t i, const Mem &element) {
    return record(element, [&](llvm::StringRef name, const Mem &place) {
      if (name == "name")
        return tuple ? str(llvm::utostr(i), place) : str(tcx_.sess.str(defs[i].name), place);
      if (name == "ty")
        return id(tuple ? l.ty.tuple()[i] : traits::fieldTy(tcx_, {}, defs[i], l.ty.args()), place);
      return name == "offset" ? bits(place, l->offset(i)) : unknown(name);
    });
  });
}

bool TypeInfoWriter::generic(ty::GenericArg a, const Mem &dest) {
  const char *which = a.isRegion() ? "Lifetime" : a.isTy() ? "Type" : "Const";
  return variant(dest, which, [&](const Mem &payload) {
    return record(payload, [&](llvm::StringRef name, const Mem &place) {
      return name == "ty" ? id(a.isTy() ? a.ty() : a.konst().valueTy(), place) : unknown(name);
    });
  });
}

// The principal trait with its projections as a type of its own, then each auto trait as one.
bool TypeInfoWriter::dynTrait(Ty t, const Mem &dest) {
  llvm::SmallVector<ty::PolyExistentialPredicate, 4> principal;
  llvm::SmallVector<std::pair<Ty, bool>, 4> entries; // the type, whether an auto trait
  for (const ty::PolyExistentialPredicate &p : t.preds())
    if (p.value.kind != ty::ExistentialKind::AutoTrait)
      principal.push_back(p);
  if (!principal.empty())
    entries.push_back({tcx_.mkDynamic(tcx_.mkExistentials(principal), tcx_.common.erased), false});
  for (const ty::PolyExistentialPredicate &p : t.preds())
    if (p.value.kind == ty::ExistentialKind::AutoTrait)
      entries.push_back({tcx_.mkDynamic(tcx_.mkExistentials(p), tcx_.common.erased), true});
  return slice(dest, entries.size(), [&](size_t i, const Mem &element) {
    return record(element, [&](llvm::StringRef outer, const Mem &trait) {
      if (outer != "trait_ty")
        return unknown(outer);
      return record(trait, [&](llvm::StringRef name, const Mem &place) {
        return name == "ty" ? id(entries[i].first, place) : name == "is_auto" ? bits(place, entries[i].second) : unknown(name);
      });
    });
  });
}

bool TypeInfoWriter::fnPtr(const ty::FnSig &sig, const Mem &payload) {
  return record(payload, [&](llvm::StringRef name, const Mem &place) {
    if (name == "unsafety")
      return bits(place, sig.header.safety == ty::Safety::Unsafe);
    if (name == "abi")
      return abi(sig.header.abi, place);
    if (name == "inputs")
      return slice(place, sig.inputs().size(), [&](size_t i, const Mem &element) { return id(sig.inputs()[i], element); });
    if (name == "output")
      return id(sig.output(), place);
    return name == "variadic" ? bits(place, sig.header.cVariadic) : unknown(name);
  });
}

bool TypeInfoWriter::abi(ty::Abi abi, const Mem &dest) {
  const char *which = abi == ty::Abi::Rust ? "ExternRust" : abi == ty::Abi::C ? "ExternC" : "Named";
  return variant(dest, which, [&](const Mem &payload) { return str(abiName(abi), payload); });
}

// The type whose id a value is; only ids that came from the compiler say so.
bool Interp::readTypeId(const Mem &m, Ty &out) {
  Value v;
  TRY(memory.readScalar(m.ptr, 8, v));
  if (v.kind != Value::Ptr || isLocalAlloc(v.ptr.alloc) || (*tcx.allocs)[v.ptr.alloc].kind != GlobalAllocKind::TypeId)
    return fail("using a value as a TypeId that is none");
  out = (*tcx.allocs)[v.ptr.alloc].ty;
  return true;
}

bool Interp::writeTypeInfo(const Mem &id, const Mem &dest) {
  Ty t;
  TRY(readTypeId(id, t));
  return TypeInfoWriter(*this).type(t, dest);
}

// `Option<DynMetadata>`: the vtable, when the type implements all that the trait object type asks of it.
bool Interp::writeVtableOf(const Mem &typeIdPlace, const Mem &traitIdPlace, const Mem &dest) {
  Ty t, trait;
  TRY(readTypeId(typeIdPlace, t));
  TRY(readTypeId(traitIdPlace, trait));
  if (!trait.is(TyKind::Dynamic))
    return fail("`type_id_vtable` asked for a type that is no trait object");
  traits::InferCtxt cx(tcx, traits::TypingMode::PostAnalysis);
  for (const ty::PolyExistentialPredicate &poly : trait.preds()) {
    ty::ExistentialPredicate p = ty::eraseLateBound(tcx, poly);
    ty::TraitRef ref = traits::withSelf(tcx, p, t);
    ty::Predicate wanted = p.kind == ty::ExistentialKind::Projection
                               ? tcx.mkProjectionPredicate({ty::AliasKind::Projection, p.def, ref.args}, ty::existentialTerm(p))
                               : tcx.mkTraitPredicate(ref);
    if (traits::evaluate(cx, {}, wanted) != traits::EvalResult::Yes)
      return writeDiscriminant(dest, 0);
  }
  return memory.writeScalar(dest.ptr, 8, Value::ofPtr({tcx.allocs->forVTable(t, trait.preds()), 0}));
}

} // namespace ferric::ctfe
