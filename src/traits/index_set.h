// A set of small integers that is read in order, a bit each: for the numbers of things that are made one after the other.
#pragma once
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/bit.h"

namespace ferric::traits {

class IndexSet {
public:
  static constexpr uint32_t kNone = ~0u;
  bool contains(uint32_t i) const { return i / 64 < words_.size() && words_[i / 64] >> (i % 64) & 1; }
  void insert(uint32_t i) {
    if (i / 64 >= words_.size())
      words_.resize(i / 64 + 1);
    count_ += !contains(i);
    words_[i / 64] |= uint64_t(1) << (i % 64);
    first_ = std::min(first_, i / 64);
  }
  void erase(uint32_t i) {
    if (!contains(i))
      return;
    words_[i / 64] &= ~(uint64_t(1) << (i % 64));
    if (!--count_)
      first_ = kNone;
  }
  bool empty() const { return !count_; }
  void clear() {
    words_.clear();
    count_ = 0;
    first_ = kNone;
  }
  // The least that is not below `from`; kNone: there is none.
  uint32_t next(uint32_t from) const {
    if (!count_)
      return kNone;
    uint32_t w = std::max(from / 64, first_);
    uint64_t mask = w == from / 64 ? ~uint64_t(0) << (from % 64) : ~uint64_t(0);
    for (; w < words_.size(); ++w, mask = ~uint64_t(0))
      if (uint64_t bits = words_[w] & mask)
        return w * 64 + uint32_t(llvm::countr_zero(bits));
    return kNone;
  }

private:
  llvm::SmallVector<uint64_t, 4> words_;
  uint32_t count_ = 0;
  uint32_t first_ = kNone; // no word before it has a bit
};

} // namespace ferric::traits
