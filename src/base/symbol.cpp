// The symbol table: a string map to dense ids, pre-filled with symbols.def in order so that
// the constants of namespace sym are the ids. Symbols that an image of a crate brings are found through its own hash table, of which
// only the pages are read that a look-up touches.
#include "base/symbol.h"
#include "base/check.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/xxhash.h"

namespace ferric {

static constexpr llvm::StringLiteral kKnown[] = {
#define SYM(name, text) llvm::StringLiteral(text),
#include "base/symbols.def"
};

SymbolTable::SymbolTable() : map_(arena_) {
  texts_.reserve(1 << 16);
  for (llvm::StringRef text : kKnown) {
    Symbol s = intern(text);
    (void)s;
  }
  CHECK(texts_.size() == sym::kCount, "duplicate entry in symbols.def");
}

uint32_t symbolHash(llvm::StringRef text) { return uint32_t(llvm::xxh3_64bits(text)); }

uint64_t knownSymbolsHash() {
  uint64_t h = 0;
  for (llvm::StringRef text : kKnown)
    h = h * 0x9E3779B97F4A7C15ull + llvm::xxh3_64bits(text);
  return h;
}

void SymbolTable::adopt(const SymbolImage &image) {
  CHECK(size() == sym::kCount && image.ends.size() >= sym::kCount, "symbols of an image beside others");
  map_.clear();
  texts_.clear();
  image_ = image;
}

std::vector<SymbolSlot> SymbolTable::imageSlots() const {
  std::vector<SymbolSlot> slots(llvm::PowerOf2Ceil(size() * 2));
  for (uint32_t s = 0; s < size(); ++s) {
    uint32_t h = symbolHash(str(Symbol(s)));
    size_t i = h & (slots.size() - 1);
    while (slots[i].symbol != Symbol::kNone)
      i = (i + 1) & (slots.size() - 1);
    slots[i] = {h, s};
  }
  return slots;
}

Symbol SymbolTable::intern(llvm::StringRef text) {
  if (!image_.slots.empty()) {
    uint32_t h = symbolHash(text);
    size_t mask = image_.slots.size() - 1;
    for (size_t i = h & mask; image_.slots[i].symbol != Symbol::kNone; i = (i + 1) & mask)
      if (image_.slots[i].hash == h && str(Symbol(image_.slots[i].symbol)) == text)
        return Symbol(image_.slots[i].symbol);
  }
  auto [it, inserted] = map_.try_emplace(text, uint32_t(size()));
  if (inserted)
    texts_.push_back(it->getKey());
  return Symbol(it->second);
}

Symbol SymbolTable::internInt(uint64_t n) {
  return intern(llvm::utostr(n));
}

bool isReservedKeyword(Symbol s, unsigned edition) {
  if (s.raw <= sym::k_kw_yield)
    return true;
  if (s.raw <= sym::k_kw_try)
    return edition >= 2018;
  return s == sym::kw_gen && edition >= 2024;
}

bool isPathSegmentKeyword(Symbol s) {
  return s == sym::kw_self || s == sym::kw_Self || s == sym::kw_super || s == sym::kw_crate ||
         s == sym::dollar_crate || s == sym::path_root;
}

} // namespace ferric
