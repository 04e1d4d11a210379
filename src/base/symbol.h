// Interned strings. Symbols below sym::kCount are known at compile time (symbols.def).
#pragma once
#include "base/id.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"
#include <vector>

namespace ferric {

// An interned string; equality is integer equality. Text: SymbolTable::str.
FERRIC_ID(Symbol);

namespace sym {
enum Known : uint32_t {
#define SYM(name, text) k_##name,
#include "base/symbols.def"
  kCount
};
#define SYM(name, text) inline constexpr Symbol name{k_##name};
#include "base/symbols.def"
} // namespace sym

// All symbols of a session in the form in which they are written to a file and used from it: text, where each symbol's text ends in
// it, and a hash table with open addressing, whose size is a power of two.
struct SymbolSlot {
  uint32_t hash = 0;                 // symbolHash of its text
  uint32_t symbol = Symbol::kNone;   // none: empty
};
struct SymbolImage {
  llvm::StringRef text;
  llvm::ArrayRef<uint32_t> ends;
  llvm::ArrayRef<SymbolSlot> slots;
};
uint32_t symbolHash(llvm::StringRef text);
// Of the texts of symbols.def: images made with other known symbols cannot be used.
uint64_t knownSymbolsHash();

// Owns the text of all symbols. Not thread safe.
class SymbolTable {
public:
  SymbolTable();
  Symbol intern(llvm::StringRef text);
  // The symbol of a decimal number: tuple fields, `${index()}`.
  Symbol internInt(uint64_t n);
  llvm::StringRef str(Symbol s) const {
    size_t mapped = image_.ends.size();
    if (s.raw >= mapped)
      return texts_[s.raw - mapped];
    uint32_t begin = s.raw ? image_.ends[s.raw - 1] : 0;
    return {image_.text.data() + begin, image_.ends[s.raw] - begin};
  }
  size_t size() const { return image_.ends.size() + texts_.size(); }
  // Takes the symbols of an image, which must outlive the table; it must hold none but the known ones, which the image begins with.
  void adopt(const SymbolImage &image);
  // The hash table of an image of this table.
  std::vector<SymbolSlot> imageSlots() const;

private:
  void grow();

  SymbolImage image_; // the first symbols; those behind them are in `slots_`
  llvm::BumpPtrAllocator arena_;
  std::vector<SymbolSlot> slots_;      // a hash table as the image's
  std::vector<llvm::StringRef> texts_; // of those behind the image
};

// True for strict and reserved keywords of any edition up to `edition` (Reference: keywords).
// Weak keywords (`union`, `default`, `macro_rules`, `raw`, `safe`, ...) are identifiers.
bool isReservedKeyword(Symbol s, unsigned edition);
// `_`, `self`, `Self`, `super`, `crate`, `$crate`, `{{root}}`, empty.
bool isPathSegmentKeyword(Symbol s);

} // namespace ferric
