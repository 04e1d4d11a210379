// Strong 32-bit ids. An id names an element of exactly one store; two id types
// never convert into each other, so that an ExprId cannot index a store of patterns.
#pragma once
#include <compare>
#include <cstdint>
#include "llvm/ADT/DenseMapInfo.h"
#include "llvm/ADT/Hashing.h"

namespace ferric {

// CRTP base of every id type. `kNone` is the id of nothing; a default-constructed id is `none`.
template <class Self> struct IdBase {
  static constexpr uint32_t kNone = 0xFFFFFFFFu;
  uint32_t raw = kNone;
  constexpr IdBase() = default;
  constexpr explicit IdBase(uint32_t raw) : raw(raw) {}
  constexpr bool valid() const { return raw != kNone; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr bool operator==(IdBase a, IdBase b) { return a.raw == b.raw; }
  friend constexpr auto operator<=>(IdBase a, IdBase b) { return a.raw <=> b.raw; }
  friend llvm::hash_code hash_value(const IdBase &id) { return llvm::hash_value(id.raw); }
};

// Declares an id type with hashing for LLVM's maps. Use at namespace `ferric` scope
// or inside `ferric::x`; DenseMapInfo is found through IdBase.
#define FERRIC_ID(Name)                                                                            \
  struct Name : ::ferric::IdBase<Name> {                                                           \
    using IdBase::IdBase;                                                                          \
    constexpr Name() = default;                                                                    \
    constexpr explicit Name(uint32_t raw) : IdBase(raw) {}                                         \
  }

// A run of `len` consecutive ids (or other 32-bit PODs) in an `extra` pool; holds no pointer.
template <class T> struct List {
  uint32_t begin = 0;
  uint32_t len = 0;
  bool empty() const { return len == 0; }
};

template <class T>
concept IsId = std::is_base_of_v<IdBase<T>, T>;

} // namespace ferric

template <class T>
  requires ferric::IsId<T>
struct llvm::DenseMapInfo<T> {
  static T getEmptyKey() { return T(0xFFFFFFFFu); }
  static T getTombstoneKey() { return T(0xFFFFFFFEu); }
  static unsigned getHashValue(T id) { return llvm::DenseMapInfo<uint32_t>::getHashValue(id.raw); }
  static bool isEqual(T a, T b) { return a.raw == b.raw; }
};
