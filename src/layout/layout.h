// Where values lie in memory: rustc's layout algorithm (rustc_abi::layout, rustc_ty_utils::layout), so that
// sizes, field order, niches and discriminants equal rustc's bit for bit.
#pragma once
#include "layout/target.h"
#include "ty/context.h"

namespace ferric::layout {

using ty::Ctx; using ty::Ty; using ty::GenericArgs;
using u128 = unsigned __int128;
using i128 = __int128;

// All ones in the low `bytes` bytes; the truncation of a value to them; its sign extension.
inline u128 maskOf(uint64_t bytes) { return bytes >= 16 ? ~u128(0) : (u128(1) << (bytes * 8)) - 1; }
inline u128 truncTo(u128 v, uint64_t bytes) { return v & maskOf(bytes); }
inline i128 signExtend(u128 v, uint64_t bytes) {
  if (bytes == 0 || bytes >= 16) return i128(v);
  unsigned shift = 128 - unsigned(bytes) * 8;
  return i128(v << shift) >> shift;
}
inline uint64_t alignTo(uint64_t n, uint64_t align) { return (n + align - 1) / align * align; }
inline u128 bitsOf(const ty::ScalarInt &s) { return u128(s.hi) << 64 | s.lo; }
inline ty::ScalarInt scalarInt(u128 v, uint64_t bytes) { v = truncTo(v, bytes); return {uint64_t(v), uint64_t(v >> 64), uint8_t(bytes)}; }

// ---- scalars ----
enum class PrimKind : uint8_t { Int, Float, Pointer };
// Size in bytes: Int 1..16, Float 2..16, Pointer: the target's.
struct Primitive {
  PrimKind kind{};
  uint8_t size = 0;
  bool isSigned = false;       // Int
  bool isInt() const { return kind == PrimKind::Int; }
  bool isFloat() const { return kind == PrimKind::Float; }
  bool isPtr() const { return kind == PrimKind::Pointer; }
  uint64_t align() const { return size; } // on every 64-bit target of ours
  friend bool operator==(const Primitive &, const Primitive &) = default;
};
// Inclusive; end < start wraps around.
struct ValidRange {
  u128 start = 0, end = 0;
  bool contains(u128 v) const { return start <= end ? start <= v && v <= end : start <= v || v <= end; }
  bool isFullFor(uint64_t size) const { return truncTo(end + 1, size) == truncTo(start, size); }
  static ValidRange full(uint64_t size) { return {0, maskOf(size)}; }
  friend bool operator==(const ValidRange &, const ValidRange &) = default;
};
// isUnion: may be uninitialised, every bit pattern allowed.
struct Scalar {
  Primitive prim;
  bool isUnion = false;
  ValidRange range;
  uint64_t size() const { return prim.size; }
  uint64_t align() const { return prim.align(); }
  ValidRange validRange() const { return isUnion ? ValidRange::full(prim.size) : range; }
  bool alwaysValid() const { return isUnion || range.isFullFor(prim.size); }
  bool isBool() const { return prim.isInt() && prim.size == 1 && !isUnion && range.start == 0 && range.end == 1; }
  Scalar toUnion() const { Scalar s = *this; s.isUnion = true; s.range = {}; return s; }
  static Scalar full(Primitive p) { return {p, false, ValidRange::full(p.size)}; }
  friend bool operator==(const Scalar &, const Scalar &) = default;
};
// Invalid bit patterns of one scalar at `offset`, for enums to encode variants in.
struct Niche {
  uint64_t offset = 0;
  Primitive value;
  ValidRange range;            // the valid ones
  u128 available() const { return truncTo(range.start - range.end - 1, value.size); }
  // The first of `count` values taken from the niche and the scalar with them made valid; none: too few.
  std::optional<std::pair<u128, Scalar>> reserve(u128 count) const;
  static std::optional<Niche> fromScalar(uint64_t offset, const Scalar &s);
};

// ---- layouts ----
// Scalar, ScalarPair, Vector: how the value is held in registers by the back end; else it lives in memory.
enum class ReprKind : uint8_t { Memory, Scalar, ScalarPair, Vector };
enum class FieldsKind : uint8_t { Primitive, Array, Arbitrary, Union };
enum class VariantsKind : uint8_t { Empty, Single, Multiple };
enum class TagEncoding : uint8_t { Direct, Niche };
// TooGeneric is not an error of the program: ask again with more known. The others were or are to be reported by the caller
// (Error: already reported).
enum class LayoutError : uint8_t { None, TooGeneric, Unsized, SizeOverflow, Infinite, EmptyUnion, ReprConflict, InvalidSimd, Unknown, Error };

struct Layout {
  LayoutError error{};
  ReprKind repr{};
  FieldsKind fields{};
  VariantsKind variants{};
  TagEncoding encoding{};      // Multiple
  bool sized = true;
  bool uninhabited = false;
  bool hasNiche = false;
  uint64_t size = 0;           // bytes; of an unsized type: up to its unsized tail
  uint64_t align = 1;          // bytes
  uint64_t maxReprAlign = 0;   // largest repr(align) inside, 0: none
  uint64_t unadjustedAlign = 1;// alignment without repr(align): what C ABIs look at
  Scalar a, b;                 // Scalar: a; ScalarPair: both; Vector: a is the element
  uint64_t count = 0;          // Vector lanes; fields Array: elements; Union: fields
  uint64_t stride = 0;         // fields Array
  llvm::ArrayRef<uint64_t> offsets;    // fields Arbitrary, by field index
  llvm::ArrayRef<uint32_t> order;      // fields Arbitrary: field indices by increasing offset
  uint32_t index = 0;          // Single: variant
  Scalar tag;                  // Multiple; lies at offsets[0]
  uint32_t untagged = 0;       // Niche: the variant with no value of its own
  uint32_t nicheFirst = 0, nicheLast = 0; // Niche: variants first..=last have tag values from nicheStart on
  u128 nicheStart = 0;
  llvm::ArrayRef<const Layout *> variantLayouts; // Multiple; fields' offsets count from the start of the enum
  Niche largestNiche;          // hasNiche

  bool ok() const { return error == LayoutError::None; }
  bool isScalar() const { return repr == ReprKind::Scalar; }
  bool isPair() const { return repr == ReprKind::ScalarPair; }
  bool isVector() const { return repr == ReprKind::Vector; }
  bool isMemory() const { return repr == ReprKind::Memory; }
  // Of size zero. 1-ZST: and of alignment one. Scalars and vectors never are.
  bool isZst() const { return sized && size == 0 && isMemory(); }
  bool is1Zst() const { return isZst() && align == 1; }
  u128 nicheAvailable() const { return hasNiche ? largestNiche.available() : 0; }
  size_t fieldCount() const;
  uint64_t offset(size_t field) const;
  // Where the second scalar of a pair lies.
  uint64_t pairOffset() const { return alignTo(a.size(), b.align()); }
};

// The layout of a type without inference variables; aliases are normalised first. Never null: check ok().
inline const Layout *layoutOf(Ctx &tcx, Ty ty) { return tcx.layoutOf(ty); }
// Reports what is wrong with `ty` (E0080-like "values of the type are too big", E0391, ...) at `span`; TooGeneric is an internal error here.
void reportLayoutError(Ctx &tcx, Ty ty, const Layout *layout, Span span);
std::string layoutErrorText(Ctx &tcx, Ty ty, LayoutError error);

// A type with its layout, possibly narrowed to one variant (rustc TyAndLayout).
struct TyLayout {
  Ty ty;
  const Layout *layout = nullptr;
  int variant = -1;            // >= 0: of an enum, after a downcast
  const Layout *operator->() const { return layout; }
  explicit operator bool() const { return layout != nullptr; }
};
inline TyLayout tyLayout(Ctx &tcx, Ty ty) { return {ty, layoutOf(tcx, ty), -1}; }
// The layout of one variant of an enum (identity for other types). Absent variants have an uninhabited layout.
TyLayout forVariant(Ctx &tcx, TyLayout l, uint32_t variant);
// Type and layout of a field: of structs, tuples, closures, unions, arrays (element), the narrowed variant of an enum (its tag when not
// narrowed: a type of the tag's shape), wide pointers (0: data as a thin raw pointer, 1: metadata).
TyLayout fieldOf(Ctx &tcx, TyLayout l, size_t field);
Ty fieldTy(Ctx &tcx, Ty ty, int variant, size_t field);

// ---- helpers on types that need layouts or the other way round ----
// Follows last fields of structs and tuples, normalising (rustc struct_tail_for_codegen).
Ty structTail(Ctx &tcx, Ty ty);
// Tails of two types that unsize into each other (rustc struct_lockstep_tails_for_codegen).
std::pair<Ty, Ty> structLockstepTails(Ctx &tcx, Ty a, Ty b);
// What a pointer to the type carries besides the address.
enum class PtrMetadataKind : uint8_t { Thin, Length, VTable, TooGeneric };
PtrMetadataKind ptrMetadataKind(Ctx &tcx, Ty pointee);
// Types of the upvars of a closure type: the last of its arguments is their tuple.
ty::TyList closureUpvars(Ty closure);
// A signed or unsigned integer type of `bytes` bytes.
Ty intTyOf(Ctx &tcx, uint64_t bytes, bool isSigned);

// The type of an enum's discriminants (rustc ReprOptions::discr_type; isize by default) and the value of a variant's, truncated to it.
// An error in an explicit discriminant was reported and counts as 0.
Ty discriminantTy(Ctx &tcx, Ty ty);
Ty discriminantTyOfAdt(Ctx &tcx, const ty::AdtDef *adt);
u128 discriminantFor(Ctx &tcx, const ty::AdtDef *adt, uint32_t variant);

// Offset in bytes of a sequence of fields (offset_of!): (variant, field) steps from `container`; none: no layout.
std::optional<uint64_t> offsetOf(Ctx &tcx, Ty container, llvm::ArrayRef<std::pair<uint32_t, uint32_t>> path);

// `-Zprint-type-sizes`: the nominal types laid out so far, largest first (rustc_session::code_stats).
void printTypeSizes(Ctx &tcx, llvm::raw_ostream &os);

// Registers the queries layoutOf, fnAbiOfInstance and fnAbiOfFnPtr.
void registerLayoutProviders(Ctx &tcx);

} // namespace ferric::layout
