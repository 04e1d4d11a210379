// The impl index is one sorted array: all impls of a trait are neighbours, and within them all with the
// same self head, so that a query is a binary search and returns a run.
#include "defs/impl_index.h"

namespace ferric {

static std::pair<uint32_t, uint64_t> keyOf(const ImplRow &r) { return {r.trait.raw, r.self.key()}; }

void ImplIndex::seal() {
  llvm::sort(rows_, [](const ImplRow &a, const ImplRow &b) {
    return std::make_pair(keyOf(a), a.impl.raw) < std::make_pair(keyOf(b), b.impl.raw);
  });
  for (uint32_t i = 0; i < rows_.size(); ++i)
    byImpl_.add(i);
  llvm::sort(byImpl_, [&](uint32_t a, uint32_t b) { return rows_[Row(a)].impl < rows_[Row(b)].impl; });
}

llvm::ArrayRef<ImplRow> ImplIndex::ofTrait(DefId trait) const {
  auto lo = std::partition_point(rows_.begin(), rows_.end(), [&](const ImplRow &r) { return r.trait.raw < trait.raw; });
  auto hi = std::partition_point(lo, rows_.end(), [&](const ImplRow &r) { return r.trait.raw <= trait.raw; });
  return {rows_.data() + (lo - rows_.begin()), size_t(hi - lo)};
}

llvm::ArrayRef<ImplRow> ImplIndex::ofTrait(DefId trait, SimplifiedType self) const {
  std::pair<uint32_t, uint64_t> key{trait.raw, self.key()};
  auto lo = std::partition_point(rows_.begin(), rows_.end(), [&](const ImplRow &r) { return keyOf(r) < key; });
  auto hi = std::partition_point(lo, rows_.end(), [&](const ImplRow &r) { return keyOf(r) <= key; });
  return {rows_.data() + (lo - rows_.begin()), size_t(hi - lo)};
}

const ImplRow *ImplIndex::find(DefId impl) const {
  auto it = std::partition_point(byImpl_.begin(), byImpl_.end(), [&](uint32_t i) { return rows_[Row(i)].impl < impl; });
  return it != byImpl_.end() && rows_[Row(*it)].impl == impl ? &rows_[Row(*it)] : nullptr;
}

} // namespace ferric
