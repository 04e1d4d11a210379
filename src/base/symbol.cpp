// The symbol table: a string map to dense ids, pre-filled with symbols.def in order so that
// the constants of namespace sym are the ids.
#include "base/symbol.h"
#include "base/check.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

namespace ferric {

SymbolTable::SymbolTable() : map_(arena_) {
  static constexpr llvm::StringLiteral kKnown[] = {
#define SYM(name, text) llvm::StringLiteral(text),
#include "base/symbols.def"
  };
  texts_.reserve(1 << 16);
  for (llvm::StringRef text : kKnown) {
    Symbol s = intern(text);
    (void)s;
  }
  CHECK(texts_.size() == sym::kCount, "duplicate entry in symbols.def");
}

Symbol SymbolTable::intern(llvm::StringRef text) {
  auto [it, inserted] = map_.try_emplace(text, uint32_t(texts_.size()));
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
