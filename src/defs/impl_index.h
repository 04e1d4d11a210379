// Which impls there are: by trait and by the head of the self type, found without looking at anything but
// the impl's header paths (rustc-dev-guide, "Trait resolution"; rustc_type_ir::fast_reject).
#pragma once
#include "defs/defs.h"

namespace ferric {

// Head of a type. None: cannot be told (a type parameter, a projection): matches anything. `data`: DefId of
// Adt/Foreign/Dyn/Closure/Coroutine, PrimTy of Prim (str included), arity of Tuple and Function (inputs).
enum class SimpKind : uint8_t {
  None, Prim, Adt, Foreign, Array, Slice, Ref, RefMut, Ptr, PtrMut, Never, Tuple, DynMarker, Dyn, Closure, Coroutine,
  CoroutineWitness, Function, UnsafeBinder, Placeholder, Error
};
struct SimplifiedType {
  SimpKind kind = SimpKind::None;
  uint32_t data = 0;
  static SimplifiedType of(SimpKind k) { return {k, 0}; }
  static SimplifiedType prim(PrimTy p) { return {SimpKind::Prim, uint32_t(p)}; }
  static SimplifiedType ofDef(SimpKind k, DefId d) { return {k, d.raw}; }
  static SimplifiedType arity(SimpKind k, uint32_t n) { return {k, n}; }
  bool isNone() const { return kind == SimpKind::None; }
  uint64_t key() const { return uint64_t(kind) << 32 | data; }
  friend bool operator==(const SimplifiedType &, const SimplifiedType &) = default;
};

struct ImplRow {
  DefId impl;
  DefId trait;                 // none: inherent
  SimplifiedType self;
  bool negative = false;
  bool reservation = false;    // #[rustc_reservation_impl]
};

// The impls of one crate, sorted by (trait, self head); within equal keys in order of definition.
class ImplIndex {
public:
  void add(const ImplRow &row) { rows_.add(row); }
  // Sorts; call once after the last add.
  void seal();
  // All impls of a trait in this crate; those with self.isNone() come first.
  llvm::ArrayRef<ImplRow> ofTrait(DefId trait) const;
  // Impls of a trait whose self type has this head; `self` None: the blanket ones.
  llvm::ArrayRef<ImplRow> ofTrait(DefId trait, SimplifiedType self) const;
  // Inherent impls for a head.
  llvm::ArrayRef<ImplRow> inherent(SimplifiedType self) const { return ofTrait(DefId(), self); }
  // The row of an impl; null for what is none.
  const ImplRow *find(DefId impl) const;
  llvm::ArrayRef<ImplRow> rows() const { return rows_; }
  // f(store) for each store, in the order in which they stand in an image.
  template <class F> void forEachStore(F &&f) {
    f(rows_);
    f(byImpl_);
  }

private:
  FERRIC_ID(Row);
  Store<ImplRow, Row> rows_;
  Store<uint32_t, Row> byImpl_; // sorted by impl
};

} // namespace ferric
