// The symbol table: a hash table from strings to dense ids, pre-filled with symbols.def in order so that
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

SymbolTable::SymbolTable() : slots_(1 << 12) {
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
  slots_.assign(slots_.size(), {});
  texts_.clear();
  image_ = image;
}

// The first empty slot of those in which a text with this hash may be.
static SymbolSlot &freeSlot(std::vector<SymbolSlot> &slots, uint32_t hash) {
  size_t i = hash & (slots.size() - 1);
  while (slots[i].symbol != Symbol::kNone)
    i = (i + 1) & (slots.size() - 1);
  return slots[i];
}

std::vector<SymbolSlot> SymbolTable::imageSlots() const {
  std::vector<SymbolSlot> slots(llvm::PowerOf2Ceil(size() * 2));
  for (uint32_t s = 0; s < size(); ++s) {
    uint32_t h = symbolHash(str(Symbol(s)));
    freeSlot(slots, h) = {h, s};
  }
  return slots;
}

void SymbolTable::grow() {
  std::vector<SymbolSlot> larger(slots_.size() * 2);
  for (const SymbolSlot &s : slots_)
    if (s.symbol != Symbol::kNone)
      freeSlot(larger, s.hash) = s;
  slots_ = std::move(larger);
}

// The slot of a text; an empty one: it is not there.
template <class Text> static const SymbolSlot &find(llvm::ArrayRef<SymbolSlot> slots, uint32_t hash, llvm::StringRef text, Text textOf) {
  size_t mask = slots.size() - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask)
    if (const SymbolSlot &s = slots[i]; s.symbol == Symbol::kNone || (s.hash == hash && textOf(s.symbol) == text))
      return s;
}

Symbol SymbolTable::intern(llvm::StringRef text) {
  uint32_t hash = symbolHash(text);
  size_t mapped = image_.ends.size();
  if (mapped)
    if (const SymbolSlot &s = find(image_.slots, hash, text, [&](uint32_t i) { return str(Symbol(i)); }); s.symbol != Symbol::kNone)
      return Symbol(s.symbol);
  if (const SymbolSlot &s = find(slots_, hash, text, [&](uint32_t i) { return texts_[i - mapped]; }); s.symbol != Symbol::kNone)
    return Symbol(s.symbol);
  if ((texts_.size() + 1) * 2 > slots_.size())
    grow();
  Symbol made{uint32_t(size())};
  freeSlot(slots_, hash) = {hash, made.raw};
  texts_.push_back(text.copy(arena_));
  return made;
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
