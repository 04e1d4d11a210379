// Attribute names the compiler knows by itself (Reference: attributes, "Built-in attributes index").
#pragma once
#include "base/symbol.h"
#include "llvm/ADT/DenseSet.h"

namespace ferric::expand {

// The inert built-in attributes and the predefined tools, as symbols of one session.
class BuiltinAttrs {
public:
  explicit BuiltinAttrs(SymbolTable &symbols);
  // `#[name]` is inert: no macro is looked for.
  bool isInert(Symbol name) const { return inert_.contains(name); }
  // `#[tool::..]` of a tool that is always known: clippy, rustfmt, diagnostic, miri, rust_analyzer.
  bool isTool(Symbol name) const { return tools_.contains(name); }

private:
  llvm::DenseSet<Symbol> inert_, tools_;
};

} // namespace ferric::expand
