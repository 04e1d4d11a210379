// The layout algorithm proper, on layouts of fields: knows no types. Results lie in the given arena.
#pragma once
#include "layout/layout.h"

namespace ferric::layout {

using FieldList = llvm::ArrayRef<const Layout *>;

// What `#[repr]` means to the algorithm.
struct Repr {
  bool c = false, simd = false, transparent = false, linear = false;
  bool hasInt = false, intSigned = false;
  uint8_t intSize = 0;
  uint32_t pack = 0, align = 0;
  Repr() = default;
  explicit Repr(const ty::ReprOptions &r) : c(r.c), simd(r.simd), transparent(r.transparent), linear(r.linear), hasInt(r.hasInt),
    intSigned(r.intSigned), intSize(r.intIsPtr ? 8 : r.intSize), pack(r.pack), align(r.align) {}
  bool inhibitEnumOpt() const { return c || hasInt; }
  bool inhibitNewtypeAbi() const { return c || simd; }
  bool inhibitReordering() const { return c || simd || linear || hasInt; }
  uint8_t discrSize() const { return hasInt ? intSize : 8; }
  bool discrSigned() const { return !hasInt || intSigned; }
};

// Prefixed: variants of an enum that leave room for the tag.
enum class StructKind : uint8_t { AlwaysSized, MaybeUnsized, Prefixed };

// rustc_layout_scalar_valid_range_start/end.
struct ValidRangeAttr { bool hasStart = false, hasEnd = false; u128 start = 0, end = 0; };

class Calculator {
public:
  explicit Calculator(llvm::BumpPtrAllocator &arena, uint64_t objSizeBound = uint64_t(1) << 61) : arena_(arena), bound_(objSizeBound) {}

  static Layout unit(bool sized);
  static Layout never();
  static Layout scalar(const Scalar &s);
  Layout scalarPair(const Scalar &a, const Scalar &b);
  Layout arrayLike(const Layout &elem, std::optional<uint64_t> count);
  Layout simd(const Layout &elem, uint64_t count, bool packed);
  Layout univariant(FieldList fields, const Repr &repr, StructKind kind, uint64_t prefixSize = 0, uint64_t prefixAlign = 1);
  Layout ofUnion(FieldList fields, const Repr &repr);
  // A struct, or an enum with one variant that can be.
  Layout ofStruct(FieldList fields, const Repr &repr, bool isEnum, uint32_t variant, bool noNiche, const ValidRangeAttr &range, bool alwaysSized);
  // discriminants: one per variant.
  Layout ofEnum(llvm::ArrayRef<FieldList> variants, const Repr &repr, llvm::ArrayRef<i128> discriminants);
  Layout ofStructOrEnum(llvm::ArrayRef<FieldList> variants, const Repr &repr, bool isEnum, bool noNiche, const ValidRangeAttr &range,
                        llvm::ArrayRef<i128> discriminants, bool alwaysSized);
  static Layout failure(LayoutError e) { Layout l; l.error = e; return l; }

private:
  Layout univariantBiased(FieldList fields, const Repr &repr, StructKind kind, uint64_t prefixSize, uint64_t prefixAlign, bool nicheAtEnd);
  std::optional<Layout> nicheFilling(llvm::ArrayRef<FieldList> variants, const Repr &repr);
  Layout tagged(llvm::ArrayRef<FieldList> variants, const Repr &repr, llvm::ArrayRef<i128> discriminants);
  template <class T> llvm::ArrayRef<T> copy(llvm::ArrayRef<T> v) { return v.copy(arena_); }
  llvm::MutableArrayRef<uint64_t> ownOffsets(Layout &l) { auto m = l.offsets.copy(arena_); l.offsets = m; return m; }
  const Layout *keep(const Layout &l) { return new (arena_.Allocate<Layout>()) Layout(l); }
  llvm::BumpPtrAllocator &arena_;
  uint64_t bound_;
};

} // namespace ferric::layout
