// A set of move paths that shares what it has in common with those it was copied from: a data flow keeps one for each block, and a block
// changes few paths. Memory grows with the changes instead of with blocks times paths (as rustc_index's chunked bit sets).
#pragma once
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/SmallVector.h"
#include <array>
#include <cstdint>

namespace ferric::mir_transform {

class PathSet {
public:
  PathSet() = default;
  // Room for paths 0 to n - 1, all in it or none.
  explicit PathSet(size_t n, bool all = false)
      : chunks_((n + kChunkBits - 1) / kChunkBits, llvm::makeIntrusiveRefCnt<Chunk>(all ? ~uint64_t(0) : 0)) {}

  bool test(uint32_t i) const { return chunks_[i / kChunkBits]->words[wordOf(i)] & bitOf(i); }
  void set(uint32_t i) {
    if (!test(i))
      own(i / kChunkBits).words[wordOf(i)] |= bitOf(i);
  }
  void reset(uint32_t i) {
    if (test(i))
      own(i / kChunkBits).words[wordOf(i)] &= ~bitOf(i);
  }
  // Adds another set of the same size; whether that changed anything.
  bool unite(const PathSet &other) {
    bool changed = false;
    for (size_t c = 0; c < chunks_.size(); ++c) {
      if (chunks_[c] == other.chunks_[c])
        continue;
      for (size_t w = 0; w < kWords; ++w) {
        uint64_t added = other.chunks_[c]->words[w] & ~chunks_[c]->words[w];
        if (!added)
          continue;
        own(c).words[w] |= added;
        changed = true;
      }
    }
    return changed;
  }

private:
  static constexpr size_t kWords = 8, kChunkBits = kWords * 64;
  struct Chunk : llvm::RefCountedBase<Chunk> {
    explicit Chunk(uint64_t fill) { words.fill(fill); }
    std::array<uint64_t, kWords> words;
  };
  static size_t wordOf(uint32_t i) { return i % kChunkBits / 64; }
  static uint64_t bitOf(uint32_t i) { return uint64_t(1) << i % 64; }
  Chunk &own(size_t c) {
    if (chunks_[c]->UseCount() > 1)
      chunks_[c] = llvm::makeIntrusiveRefCnt<Chunk>(*chunks_[c]);
    return *chunks_[c];
  }

  llvm::SmallVector<llvm::IntrusiveRefCntPtr<Chunk>, 1> chunks_;
};

} // namespace ferric::mir_transform
