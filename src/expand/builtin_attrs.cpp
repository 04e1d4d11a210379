// The table of built-in attributes as a set of symbols.
#include "expand/builtin_attrs.h"

namespace ferric::expand {

BuiltinAttrs::BuiltinAttrs(SymbolTable &symbols) {
  static constexpr llvm::StringLiteral kNames[] = {
#define ATTR(name) llvm::StringLiteral(name),
#include "expand/builtin_attrs.def"
  };
  for (llvm::StringRef name : kNames)
    inert_.insert(symbols.intern(name));
  for (llvm::StringRef name : {"clippy", "rustfmt", "diagnostic", "miri", "rust_analyzer"})
    tools_.insert(symbols.intern(name));
}

} // namespace ferric::expand
