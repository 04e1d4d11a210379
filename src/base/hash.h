// Hashes of small keys for tables in memory: a multiplication for each two words (after wyhash). Not stable between versions, so never
// written to a file.
#pragma once
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ferric {

inline uint64_t mixHash(uint64_t a, uint64_t b) {
  unsigned __int128 product = static_cast<unsigned __int128>(a ^ 0xA0761D6478BD642Full) * (b ^ 0xE7037ED1A0B428DBull);
  return uint64_t(product) ^ uint64_t(product >> 64);
}

template <class T> uint64_t hashWord(T v) {
  if constexpr (std::is_pointer_v<T>)
    return reinterpret_cast<uintptr_t>(v);
  else
    return uint64_t(v);
}

// Of integers, enumerators and pointers.
template <class A> size_t hashOfAll(A a) { return mixHash(hashWord(a), 1); }
template <class A, class B> size_t hashOfAll(A a, B b) { return mixHash(hashWord(a), hashWord(b)); }
template <class A, class B, class... More> size_t hashOfAll(A a, B b, More... more) {
  return mixHash(mixHash(hashWord(a), hashWord(b)), hashOfAll(more...));
}

} // namespace ferric
