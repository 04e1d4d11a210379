// What queries answer about items: ADTs, generics, predicates, associated items, instances
// (rustc_middle::ty). All are made once per DefId and live as long as the session.
#pragma once
#include "base/hash.h"
#include "ty/ty.h"
#include "llvm/ADT/DenseMap.h"

namespace ferric::ty {

// ---- data types ----
struct FieldDef { DefId def; Symbol name; DefVis vis; };
enum class DiscrKind : uint8_t { Relative, Explicit };
struct VariantDef {
  DefId def;                   // the variant, or the struct/union itself
  DefId ctor;                  // none for struct-like
  CtorKind ctorKind{};
  bool hasCtor = false;
  Symbol name;
  DiscrKind discrKind{};
  DefId discrExpr;             // Explicit: the anonymous constant
  uint32_t discrOffset = 0;    // Relative: distance to the last explicit one (or to 0)
  bool nonExhaustive = false;
  llvm::ArrayRef<FieldDef> fields;
};
enum class AdtKind : uint8_t { Struct, Union, Enum };
// #[repr(..)]. Sizes in bytes; 0: not given.
struct ReprOptions {
  bool c = false, simd = false, transparent = false, linear = false, hasInt = false;
  bool intSigned = false;
  uint8_t intSize = 0;         // repr(u8..): size; isize: pointer size with intIsPtr
  bool intIsPtr = false;
  uint32_t pack = 0, align = 0;
  bool inhibitNewtypeAbi() const { return c || hasInt; }
};
struct AdtDef {
  DefId def;
  AdtKind kind{};
  ReprOptions repr;
  llvm::ArrayRef<VariantDef> variants; // one for structs and unions
  bool nonExhaustive = false, fundamental = false;
  // lang items the compiler must know
  bool isBox = false, isPhantomData = false, isManuallyDrop = false, isUnsafeCell = false, isUnsafePinned = false, isMaybeDangling = false, isPin = false;
  bool hasValidStart = false, hasValidEnd = false;     // rustc_layout_scalar_valid_range_*
  uint64_t validStartLo = 0, validStartHi = 0, validEndLo = 0, validEndHi = 0;
  bool isEnum() const { return kind == AdtKind::Enum; }
  bool isStruct() const { return kind == AdtKind::Struct; }
  bool isUnion() const { return kind == AdtKind::Union; }
  const VariantDef &nonEnum() const { CHECK(!isEnum(), "nonEnum of an enum"); return variants[0]; }
};

// ---- generics ----
enum class GenericParamKind : uint8_t { Lifetime, Type, Const };
struct GenericParamDef { DefId def; Symbol name; uint32_t index; GenericParamKind kind; bool hasDefault; bool synthetic; };
// Own parameters behind the parent's; index 0 of a trait is Self. Late-bound lifetimes are not parameters.
struct Generics {
  DefId def;
  const Generics *parent = nullptr;
  uint32_t parentCount = 0;
  bool hasSelf = false;        // has Self at index 0 (traits and what is inside them)
  bool ownSelf = false;        // it is this level's own
  llvm::ArrayRef<GenericParamDef> own;
  uint32_t count() const { return parentCount + uint32_t(own.size()); }
  const GenericParamDef &param(uint32_t index) const {
    const Generics *g = this;
    while (index < g->parentCount) g = g->parent;
    return g->own[index - g->parentCount];
  }
};
struct SpannedClause { Predicate clause; Span span; };
// Where-clauses of an item, its parent's apart (rustc: GenericPredicates).
struct GenericPredicates { DefId parent; llvm::ArrayRef<SpannedClause> clauses; };

// ---- associated items ----
enum class AssocKind : uint8_t { Const, Fn, Type };
struct AssocItem {
  DefId def;
  Symbol name;
  AssocKind kind{};
  DefId container;             // trait or impl
  bool inTrait = false;        // container is a trait
  DefId traitItem;             // in an impl of a trait: the item it implements
  bool hasSelf = false;        // fn with a self parameter
  bool hasValue = false;       // has a body/default
  bool isDefault = false;      // `default` in an impl
};

// ---- instances (rustc_middle::ty::Instance) ----
enum class InstanceKind : uint8_t {
  Item,                        // a function, constructor-free, with its own body; also consts and statics
  Intrinsic,
  VTableShim,                  // by-value self of an unsized type through a vtable
  ReifyShim,                   // a #[track_caller] fn or vtable method made a pointer
  FnPtrShim,                   // <fn ptr as Fn*>::call*; ty: the fn pointer
  Virtual,                     // call through a vtable slot; index
  ClosureOnceShim,             // FnOnce for a closure that is Fn/FnMut
  DropGlue,                    // drop_in_place::<ty>; ty none: nothing to drop
  CloneShim,                   // Clone::clone of tuples, arrays, closures; ty
  FnPtrAddrShim,
  CtorShim,                    // a tuple constructor as a function
  ThreadLocalShim,
};
struct Instance {
  InstanceKind kind{};
  DefId def;
  GenericArgs args;            // fully monomorphic where code is made
  Ty ty;                       // DropGlue, FnPtrShim, CloneShim, FnPtrAddrShim
  uint32_t index = 0;          // Virtual: vtable slot; ClosureOnceShim: track_caller
  friend bool operator==(const Instance &, const Instance &) = default;
};

// Entries of a vtable after the three of the header (rustc_middle::ty::vtable).
enum class VtblEntryKind : uint8_t { DropInPlace, Size, Align, Vacant, Method, TraitVPtr };
struct VtblEntry { VtblEntryKind kind{}; Instance method; TraitRef trait; };

// ---- traits ----
struct TraitDef {
  DefId def;
  Safety safety{};
  bool isAuto = false, isMarker = false, isFundamental = false, isCoinductive = false, isAlias = false, parenSugar = false;
  bool denyExplicitImpl = false, dynIncompatible = false, specialization = false, unsafeMarker = false;
  bool skipArrayDuringMethodDispatch = false, skipBoxedSliceDuringMethodDispatch = false;
};
enum class ImplPolarity : uint8_t { Positive, Negative, Reservation };

// A type's head, for fast rejection in the impl index (rustc fast_reject::SimplifiedType).
enum class SimplifiedKind : uint8_t { None, Bool, Char, Int, Uint, Float, Adt, Foreign, Str, Array, Slice, Ref, Ptr, Never, Tuple, MarkerDyn, Dyn, Closure, Coroutine, FnPtr, UnsafeBinder, Error };
struct SimplifiedType {
  SimplifiedKind kind{};
  uint32_t sub = 0;            // IntTy, FloatTy, Mutability, arity, or DefId::raw
  friend bool operator==(const SimplifiedType &, const SimplifiedType &) = default;
};

} // namespace ferric::ty

template <> struct llvm::DenseMapInfo<ferric::ty::Instance> {
  using I = ferric::ty::Instance;
  static I getEmptyKey() { I i; i.index = 0xFFFFFFFF; return i; }
  static I getTombstoneKey() { I i; i.index = 0xFFFFFFFE; return i; }
  static unsigned getHashValue(const I &i) {
    return unsigned(size_t(ferric::hashOfAll(unsigned(i.kind), i.def.raw, i.args.p, i.ty.p, i.index)));
  }
  static bool isEqual(const I &a, const I &b) { return a == b; }
};
template <> struct llvm::DenseMapInfo<ferric::ty::SimplifiedType> {
  using S = ferric::ty::SimplifiedType;
  static S getEmptyKey() { return {ferric::ty::SimplifiedKind(255), 0}; }
  static S getTombstoneKey() { return {ferric::ty::SimplifiedKind(254), 0}; }
  static unsigned getHashValue(S s) { return unsigned(size_t(ferric::hashOfAll(unsigned(s.kind), s.sub))); }
  static bool isEqual(S a, S b) { return a == b; }
};
