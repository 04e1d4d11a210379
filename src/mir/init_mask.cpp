#include "mir/init_mask.h"
#include "llvm/ADT/bit.h"
#include <algorithm>

namespace ferric::mir {

uint64_t InitMask::runEnd(uint64_t begin, uint64_t end, bool init) const {
  while (begin < end) {
    uint64_t word = begin / kBits, offset = begin % kBits;
    if (word >= words_.size())
      return rest_ == init ? end : begin;
    uint64_t differs = (init ? ~words_[word] : words_[word]) >> offset;
    if (differs)
      return std::min(end, begin + uint64_t(llvm::countr_zero(differs)));
    begin += kBits - offset;
  }
  return end;
}

void InitMask::set(uint64_t begin, uint64_t end, bool init) {
  uint64_t kept = words_.size() * kBits;
  if (begin >= end || (begin >= kept && rest_ == init))
    return;
  if (rest_ == init)
    end = std::min(end, kept);
  else if (end > kept)
    words_.resize((end + kBits - 1) / kBits, rest_ ? ~uint64_t(0) : 0);
  while (begin < end) {
    uint64_t offset = begin % kBits, count = std::min(kBits - offset, end - begin);
    uint64_t mask = (count == kBits ? ~uint64_t(0) : (uint64_t(1) << count) - 1) << offset;
    uint64_t &word = words_[begin / kBits];
    word = init ? word | mask : word & ~mask;
    begin += count;
  }
}

void InitMask::copy(const InitMask &source, uint64_t from, uint64_t to, uint64_t size) {
  if (&source == this) {
    InitMask before = source;
    return copy(before, from, to, size);
  }
  for (uint64_t at = from; at < from + size;) {
    bool init = source.get(at);
    uint64_t end = source.runEnd(at, from + size, init);
    set(at - from + to, end - from + to, init);
    at = end;
  }
}

} // namespace ferric::mir
