// Interned strings. Symbols below sym::kCount are known at compile time (symbols.def).
#pragma once
#include "base/id.h"
#include "llvm/ADT/StringMap.h"
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

// Owns the text of all symbols. Not thread safe.
class SymbolTable {
public:
  SymbolTable();
  Symbol intern(llvm::StringRef text);
  // The symbol of a decimal number: tuple fields, `${index()}`.
  Symbol internInt(uint64_t n);
  llvm::StringRef str(Symbol s) const { return texts_[s.raw]; }
  size_t size() const { return texts_.size(); }

private:
  llvm::BumpPtrAllocator arena_;
  llvm::StringMap<uint32_t, llvm::BumpPtrAllocator &> map_;
  std::vector<llvm::StringRef> texts_;
};

// True for strict and reserved keywords of any edition up to `edition` (Reference: keywords).
// Weak keywords (`union`, `default`, `macro_rules`, `raw`, `safe`, ...) are identifiers.
bool isReservedKeyword(Symbol s, unsigned edition);
// `_`, `self`, `Self`, `super`, `crate`, `$crate`, `{{root}}`, empty.
bool isPathSegmentKeyword(Symbol s);

} // namespace ferric
