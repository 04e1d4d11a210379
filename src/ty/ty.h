// Types, constants, regions and what is made of them: interned, so that equality is pointer
// equality. The shapes are rustc's (rustc-dev-guide, "The ty module"); regions are kept in
// signatures and binders, and erased where inference and code generation begin.
#pragma once
#include "base/hygiene.h"
#include "defs/defs.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/PointerIntPair.h"

namespace ferric::ty {

class Ctx;
struct AdtDef;
struct TyData;
struct ConstData;
struct RegionData;
struct PredicateData;
using ast::Mutability;
using ast::Safety;

enum class TyKind : uint8_t {
  Bool, Char, Int, Uint, Float, Adt, Foreign, Str, Array, Pat, Slice, RawPtr, Ref, FnDef, FnPtr,
  UnsafeBinder, Dynamic, Closure, Coroutine, CoroutineClosure, CoroutineWitness, Never, Tuple, Alias, Param, Bound, Placeholder, Infer, Error,
};
enum class IntTy : uint8_t { I8, I16, I32, I64, I128, Isize };   // Uint: the same order with U
enum class FloatTy : uint8_t { F16, F32, F64, F128 };
enum class AliasKind : uint8_t { Projection, Inherent, Opaque, Free };
enum class InferKind : uint8_t { Ty, Int, Float, FreshTy, FreshInt, FreshFloat };

// What occurs somewhere inside; cached in every interned value.
enum TypeFlags : uint32_t {
  kHasTyParam = 1, kHasReParam = 2, kHasConstParam = 4,
  kHasTyInfer = 8, kHasReInfer = 16, kHasConstInfer = 32, kHasFreshInfer = 64,
  kHasPlaceholder = 128, kHasProjection = 256, kHasOpaque = 512, kHasFreeAlias = 1024, kHasUnevaluated = 2048,
  kHasBound = 4096,            // any bound variable (of whatever binder)
  kHasRegions = 8192,          // any region but 'erased and bound ones
  kHasError = 16384,
  kHasBinder = 32768,          // a binder with variables
  kHasParam = kHasTyParam | kHasReParam | kHasConstParam,
  kHasInfer = kHasTyInfer | kHasReInfer | kHasConstInfer | kHasFreshInfer,
  kHasNonRegionParam = kHasTyParam | kHasConstParam,
  kHasNonRegionInfer = kHasTyInfer | kHasConstInfer | kHasFreshInfer,
  kHasAlias = kHasProjection | kHasOpaque | kHasFreeAlias | kHasUnevaluated,
};

// A pointer to interned, immutable data; null is "none".
template <class Data> struct Interned {
  const Data *p = nullptr;
  Interned() = default;
  explicit Interned(const Data *p) : p(p) {}
  explicit operator bool() const { return p != nullptr; }
  const Data *operator->() const { return p; }
  const Data &operator*() const { return *p; }
  friend bool operator==(Interned a, Interned b) { return a.p == b.p; }
};

// Interned slices.
template <class T> struct ListData { uint32_t size; uint32_t flags; uint32_t outerBinder; uint32_t id;
  const T *data() const { return reinterpret_cast<const T *>(this + 1); } };
template <class T> struct Slice {
  const ListData<T> *p = nullptr;   // null: empty
  size_t size() const { return p ? p->size : 0; }
  bool empty() const { return size() == 0; }
  const T &operator[](size_t i) const { DCHECK(i < size(), "interned list index"); return p->data()[i]; }
  const T *begin() const { return p ? p->data() : nullptr; }
  const T *end() const { return begin() + size(); }
  const T &back() const { return (*this)[size() - 1]; }
  operator llvm::ArrayRef<T>() const { return {begin(), size()}; }
  llvm::ArrayRef<T> ref() const { return *this; }
  uint32_t flags() const { return p ? p->flags : 0; }
  uint32_t outerBinder() const { return p ? p->outerBinder : 0; }
  friend bool operator==(Slice a, Slice b) { return a.p == b.p; }
};

struct Region : Interned<RegionData> {
  using Interned::Interned;
  uint32_t flags() const;
  uint32_t outerBinder() const;
};
struct Const;
struct Ty;
class GenericArg;
using TyList = Slice<Ty>;
using GenericArgs = Slice<GenericArg>;

// Variables of a binder, innermost first index 0. `def`: the lifetime parameter; none for anonymous ones.
enum class BoundVarKind : uint8_t { Region, Ty, Const };
struct BoundVar { BoundVarKind kind{}; DefId def; Symbol name; friend bool operator==(const BoundVar &, const BoundVar &) = default; };
using BoundVars = Slice<BoundVar>;
template <class T> struct Binder {
  T value{};
  BoundVars vars;
  const T &skip() const { return value; }
  friend bool operator==(const Binder &, const Binder &) = default;
};

// External ABI (rustc_abi::ExternAbi), those that x86-64, AArch64 and RISC-V kernels can meet. Unwind variants keep a flag apart.
enum class Abi : uint8_t { Rust, RustCall, RustCold, RustIntrinsic, C, System, Sysv64, Win64, EfiApi, Aapcs, Unadjusted, Custom, X86Interrupt, Vectorcall, Fastcall, Stdcall, Thiscall, Cdecl };
struct FnHeader { Safety safety = Safety::Safe; Abi abi = Abi::Rust; bool abiUnwind = false; bool cVariadic = false;
  friend bool operator==(const FnHeader &, const FnHeader &) = default; };
// A signature: inputs then the output.
struct FnSig {
  Slice<Ty> inputsAndOutput;
  FnHeader header;
  llvm::ArrayRef<Ty> inputs() const;
  Ty output() const;
  friend bool operator==(const FnSig &, const FnSig &) = default;
};
using PolyFnSig = Binder<FnSig>;

struct TraitRef { DefId trait; GenericArgs args; Ty self() const; friend bool operator==(const TraitRef &, const TraitRef &) = default; };
// `<args[0] as Trait>::def`, an opaque type, a free or inherent alias.
struct AliasTy { AliasKind kind{}; DefId def; GenericArgs args; Ty self() const; friend bool operator==(const AliasTy &, const AliasTy &) = default; };

// dyn Trait's parts; traits are without Self. Sorted: principal, projections, auto traits by DefId.
enum class ExistentialKind : uint8_t { Trait, Projection, AutoTrait };
struct ExistentialPredicate {
  ExistentialKind kind{};
  DefId def;                   // trait, or associated type of a projection
  GenericArgs args;            // without Self
  const void *termTy = nullptr; // Projection: TyData* or ConstData*, see Term
  bool termIsConst = false;
  friend bool operator==(const ExistentialPredicate &, const ExistentialPredicate &) = default;
};
using PolyExistentialPredicate = Binder<ExistentialPredicate>;
using ExistentialPredicates = Slice<PolyExistentialPredicate>;

struct Ty : Interned<TyData> {
  using Interned::Interned;
  TyKind kind() const;
  bool is(TyKind k) const { return kind() == k; }
  uint32_t flags() const;
  bool has(uint32_t f) const { return flags() & f; }
  uint32_t outerBinder() const;  // De Bruijn index of the outermost binder it refers to, exclusive: 0 = no escaping bound variables
  bool hasEscapingBoundVars() const { return outerBinder() > 0; }

  // Parts; each CHECKs the kind.
  IntTy intTy() const;           // Int and Uint
  FloatTy floatTy() const;
  const AdtDef *adt() const;     // Adt
  DefId def() const;             // Adt, Foreign, FnDef, Closure, Coroutine*, Alias
  GenericArgs args() const;      // Adt, FnDef, Closure, Coroutine*, Alias
  Ty inner() const;              // Array, Slice, RawPtr, Ref: element or pointee; Pat: base; UnsafeBinder
  Mutability mut() const;        // RawPtr, Ref
  Region region() const;         // Ref, Dynamic
  Const len() const;             // Array
  struct PatternRef pattern() const; // Pat
  TyList tuple() const;          // Tuple
  PolyFnSig fnPtrSig() const;    // FnPtr
  ExistentialPredicates preds() const; // Dynamic
  AliasKind aliasKind() const;
  AliasTy alias() const;
  uint32_t index() const;        // Param: index; Bound: variable; Placeholder: variable; Infer: vid
  Symbol name() const;           // Param
  uint32_t debruijn() const;     // Bound
  uint32_t universe() const;     // Placeholder
  InferKind inferKind() const;

  bool isUnit() const;
  bool isNever() const { return is(TyKind::Never); }
  bool isBool() const { return is(TyKind::Bool); }
  bool isChar() const { return is(TyKind::Char); }
  bool isStr() const { return is(TyKind::Str); }
  bool isUint(IntTy t) const { return is(TyKind::Uint) && intTy() == t; }
  bool isInt(IntTy t) const { return is(TyKind::Int) && intTy() == t; }
  bool isUsize() const { return isUint(IntTy::Isize); }
  bool isTyVar() const;          // `?T` (not int or float)
  bool isTyOrNumInfer() const { return is(TyKind::Infer); }
  bool isIntegral() const;       // Int, Uint, integer variable
  bool isFloating() const;       // Float, float variable
  bool isNumeric() const { return isIntegral() || isFloating(); }
  bool isScalar() const;         // bool, char, numeric, raw pointer, fn pointer, fn item, numeric variables
  bool isAnyPtr() const { return is(TyKind::RawPtr) || is(TyKind::Ref) || is(TyKind::FnPtr); }
  bool isError() const { return is(TyKind::Error); }
  bool isBox() const;            // the lang item owned_box
};

// Value of a constant known to the type system: leaf bits or a branch per field/element.
struct ScalarInt { uint64_t lo = 0, hi = 0; uint8_t size = 0; // bytes, 0 for ZST
  friend bool operator==(const ScalarInt &, const ScalarInt &) = default; };
struct ValTreeData;
struct ValTree : Interned<ValTreeData> { using Interned::Interned; };
struct ValTreeData { bool isLeaf = true; ScalarInt leaf; Slice<Const> branches; };

enum class ConstKind : uint8_t { Param, Infer, Bound, Placeholder, Unevaluated, Value, Error };
struct Const : Interned<ConstData> {
  using Interned::Interned;
  ConstKind kind() const;
  bool is(ConstKind k) const { return kind() == k; }
  uint32_t flags() const;
  bool has(uint32_t f) const { return flags() & f; }
  uint32_t outerBinder() const;
  uint32_t index() const;        // Param, Infer (vid), Bound, Placeholder
  Symbol name() const;           // Param
  uint32_t debruijn() const;
  DefId def() const;             // Unevaluated
  GenericArgs args() const;      // Unevaluated
  Ty valueTy() const;            // Value
  ValTree value() const;         // Value
  bool tryBits(uint64_t &out) const; // Value: a leaf of at most 8 bytes
};

enum class RegionKind : uint8_t { EarlyParam, Bound, LateParam, Static, Var, Placeholder, Erased, Error };
struct RegionData { RegionKind kind; uint32_t index; uint32_t debruijn; DefId def; Symbol name; uint32_t id; };
// index: EarlyParam index, Bound variable, Var vid, Placeholder variable. def: EarlyParam/LateParam: the parameter.

// A type, region or constant argument.
class GenericArg {
public:
  GenericArg() = default;
  GenericArg(Ty t) : bits_(reinterpret_cast<uintptr_t>(t.p)) {}
  GenericArg(Region r) : bits_(reinterpret_cast<uintptr_t>(r.p) | 1) {}
  GenericArg(Const c) : bits_(reinterpret_cast<uintptr_t>(c.p) | 2) {}
  bool isTy() const { return (bits_ & 3) == 0; }
  bool isRegion() const { return (bits_ & 3) == 1; }
  bool isConst() const { return (bits_ & 3) == 2; }
  Ty ty() const { CHECK(isTy(), "generic argument is not a type"); return Ty(reinterpret_cast<const TyData *>(bits_)); }
  Region region() const { CHECK(isRegion(), "generic argument is not a region"); return Region(reinterpret_cast<const RegionData *>(bits_ & ~uintptr_t(3))); }
  Const konst() const { CHECK(isConst(), "generic argument is not a constant"); return Const(reinterpret_cast<const ConstData *>(bits_ & ~uintptr_t(3))); }
  uint32_t flags() const;
  uint32_t outerBinder() const;
  uintptr_t raw() const { return bits_; }
  explicit operator bool() const { return bits_ != 0; }
  friend bool operator==(GenericArg a, GenericArg b) { return a.bits_ == b.bits_; }

private:
  uintptr_t bits_ = 0;
};
// A type or constant: what a projection equals.
struct Term {
  GenericArg arg;
  Term() = default;
  Term(Ty t) : arg(t) {}
  Term(Const c) : arg(c) {}
  bool isTy() const { return arg.isTy(); }
  Ty ty() const { return arg.ty(); }
  Const konst() const { return arg.konst(); }
  explicit operator bool() const { return bool(arg); }
  friend bool operator==(Term, Term) = default;
};
inline Term existentialTerm(const ExistentialPredicate &p) {
  return p.termIsConst ? Term(Const(static_cast<const ConstData *>(p.termTy))) : Term(Ty(static_cast<const TyData *>(p.termTy)));
}

// Pattern types: `base is lo..=hi` (either end may be absent), `!null`, or alternatives.
enum class PatternKind : uint8_t { Range, NotNull, Or };
struct PatternData { PatternKind kind{}; Const lo, hi; Slice<struct PatternRef> alts; uint32_t flags = 0; uint32_t id = 0; };
struct PatternRef : Interned<PatternData> { using Interned::Interned; };

enum class PredicateKind : uint8_t {
  Trait,            // trait ref, positive or negative
  RegionOutlives,   // a: b (regions)
  TypeOutlives,     // ty: region
  Projection,       // alias == term
  ConstArgHasType,  // const : ty
  WellFormed,       // term
  ConstEvaluatable,
  HostEffect,       // [const] Trait; always holds
  DynCompatible,    // trait
  Subtype, Coerce,  // ty -> ty
  AliasRelate,
  NormalizesTo,     // alias normalises to term (infer var)
  Ambiguous,
};
// A where-clause or goal; bound variables of `vars` may occur in it. It always counts as one binder, even with no variables:
// De Bruijn index 0 inside is `vars`, 1 is the binder around the predicate.
struct PredicateData {
  PredicateKind kind{};
  bool negative = false;
  BoundVars vars;
  TraitRef traitRef;          // Trait, HostEffect; DynCompatible: trait
  AliasTy alias;              // Projection, NormalizesTo
  GenericArg a;               // outlives lhs; ConstArgHasType const; WellFormed; Subtype/Coerce lhs
  GenericArg b;               // outlives rhs; ConstArgHasType ty; Projection/NormalizesTo term; Subtype/Coerce rhs
  uint32_t flags = 0, outerBinder = 0, id = 0;
};
struct Predicate : Interned<PredicateData> {
  using Interned::Interned;
  PredicateKind kind() const { return p->kind; }
  Term term() const { return p->b.isConst() ? Term(p->b.konst()) : Term(p->b.ty()); }
};
using Clauses = Slice<Predicate>;
// What may be assumed: elaborated, normalised where-clauses.
struct ParamEnv { Clauses clauses; friend bool operator==(ParamEnv, ParamEnv) = default; };

// ---- interned data ----
struct TyData {
  TyKind kind{};
  uint8_t sub = 0;            // IntTy, FloatTy, Mutability, AliasKind, InferKind
  uint32_t flags = 0, outerBinder = 0;
  uint32_t id = 0;            // dense, in order of creation: deterministic order and side tables
  uint32_t index = 0, debruijn = 0;
  DefId def;
  Symbol name;
  const AdtDef *adt = nullptr;
  Ty inner;
  Region region;
  Const len;
  PatternRef pattern;
  GenericArgs args;
  TyList list;                // Tuple; FnPtr: inputs and output
  BoundVars vars;             // FnPtr, UnsafeBinder
  FnHeader header;            // FnPtr
  ExistentialPredicates preds;
};
struct ConstData {
  ConstKind kind{};
  uint32_t flags = 0, outerBinder = 0, id = 0, index = 0, debruijn = 0;
  Symbol name;
  DefId def;
  GenericArgs args;
  Ty ty;                      // Value
  ValTree value;
};

inline TyKind Ty::kind() const { return p->kind; }
inline uint32_t Ty::flags() const { return p->flags; }
inline uint32_t Ty::outerBinder() const { return p->outerBinder; }
inline GenericArgs Ty::args() const { return p->args; }
inline uint32_t Ty::index() const { return p->index; }
inline InferKind Ty::inferKind() const { CHECK(is(TyKind::Infer), "type taken apart as another kind"); return InferKind(p->sub); }
inline bool Ty::isUnit() const { return is(TyKind::Tuple) && p->list.empty(); }
inline bool Ty::isTyVar() const { return is(TyKind::Infer) && InferKind(p->sub) == InferKind::Ty; }
inline ConstKind Const::kind() const { return p->kind; }
inline uint32_t Const::flags() const { return p->flags; }
inline uint32_t Const::outerBinder() const { return p->outerBinder; }
inline uint32_t Region::outerBinder() const { return p->kind == RegionKind::Bound ? p->debruijn + 1 : 0; }
inline uint32_t GenericArg::flags() const { return isTy() ? ty().flags() : isRegion() ? region().flags() : konst().flags(); }
inline uint32_t GenericArg::outerBinder() const { return isTy() ? ty().outerBinder() : isRegion() ? region().outerBinder() : konst().outerBinder(); }
inline llvm::ArrayRef<Ty> FnSig::inputs() const { return inputsAndOutput.ref().drop_back(); }
inline Ty FnSig::output() const { return inputsAndOutput.back(); }
inline Ty TraitRef::self() const { return args[0].ty(); }
inline Ty AliasTy::self() const { return args[0].ty(); }

} // namespace ferric::ty

#define FERRIC_INTERNED_INFO(T)                                                                    \
  template <> struct llvm::DenseMapInfo<T> {                                                       \
    static T getEmptyKey() { return T(reinterpret_cast<decltype(T::p)>(uintptr_t(-8))); }          \
    static T getTombstoneKey() { return T(reinterpret_cast<decltype(T::p)>(uintptr_t(-16))); }     \
    static unsigned getHashValue(T t) { return llvm::DenseMapInfo<const void *>::getHashValue(t.p); } \
    static bool isEqual(T a, T b) { return a.p == b.p; }                                           \
  }
FERRIC_INTERNED_INFO(ferric::ty::Ty);
FERRIC_INTERNED_INFO(ferric::ty::Const);
FERRIC_INTERNED_INFO(ferric::ty::Region);
FERRIC_INTERNED_INFO(ferric::ty::Predicate);
template <class T> struct llvm::DenseMapInfo<ferric::ty::Slice<T>> {
  using S = ferric::ty::Slice<T>;
  static S getEmptyKey() { return {reinterpret_cast<decltype(S::p)>(uintptr_t(-8))}; }
  static S getTombstoneKey() { return {reinterpret_cast<decltype(S::p)>(uintptr_t(-16))}; }
  static unsigned getHashValue(S s) { return llvm::DenseMapInfo<const void *>::getHashValue(s.p); }
  static bool isEqual(S a, S b) { return a.p == b.p; }
};
template <> struct llvm::DenseMapInfo<ferric::ty::GenericArg> {
  using A = ferric::ty::GenericArg;
  static A getEmptyKey() { return A(ferric::ty::Ty(reinterpret_cast<const ferric::ty::TyData *>(uintptr_t(-8)))); }
  static A getTombstoneKey() { return A(ferric::ty::Ty(reinterpret_cast<const ferric::ty::TyData *>(uintptr_t(-16)))); }
  static unsigned getHashValue(A a) { return llvm::DenseMapInfo<uintptr_t>::getHashValue(a.raw()); }
  static bool isEqual(A a, A b) { return a == b; }
};
