// Which bytes of an allocation are initialised (rustc_middle::mir::interpret::InitMask). Memory is nearly always initialised or not as
// a whole, or but for its first bytes: bits are kept only up to the last place that differs from the rest.
#pragma once
#include "llvm/ADT/SmallVector.h"
#include <cstdint>

namespace ferric::mir {

class InitMask {
public:
  InitMask(bool init = true) : rest_(init) {}
  bool get(uint64_t i) const { return i / kBits < words_.size() ? words_[i / kBits] >> (i % kBits) & 1 : rest_; }
  // Whether all / none of [begin, end) is initialised.
  bool all(uint64_t begin, uint64_t end) const { return runEnd(begin, end, true) == end; }
  bool none(uint64_t begin, uint64_t end) const { return runEnd(begin, end, false) == end; }
  // The first place in [begin, end) whose state is not `init`; `end` when there is none.
  uint64_t runEnd(uint64_t begin, uint64_t end, bool init) const;
  void set(uint64_t begin, uint64_t end, bool init);
  // Everything at once: the memory is as new.
  void reset(bool init) { words_.clear(); rest_ = init; }
  // [to, to + size) becomes as [from, from + size) of `source` is, which may be this mask.
  void copy(const InitMask &source, uint64_t from, uint64_t to, uint64_t size);

private:
  static constexpr uint64_t kBits = 64;
  llvm::SmallVector<uint64_t, 1> words_;
  bool rest_; // of every byte beyond the words
};

} // namespace ferric::mir
