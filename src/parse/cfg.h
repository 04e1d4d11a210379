// Conditional compilation (Reference: "Conditional compilation"): the set of cfgs and the evaluation of predicates.
#pragma once
#include "diag/session.h"
#include "lex/token.h"
#include "llvm/ADT/DenseSet.h"

namespace ferric::parse {

class CfgSet {
public:
  // `name`, or `name = "value"` when `value` is given (unescaped text).
  void add(Symbol name, Symbol value = {}) { set_.insert({name.raw, value.raw}); }
  bool has(Symbol name, Symbol value = {}) const { return set_.contains({name.raw, value.raw}); }
  // As on the command line: `name` or `name="value"`. False when malformed.
  bool addOption(SymbolTable &symbols, llvm::StringRef text);
  // Whether the predicate holds: all/any/not/true/false/version/accessible, names and key-value pairs. `predicate` is one
  // predicate without surrounding parentheses (a trailing comma is allowed). Mistakes are reported and count as true, as
  // rustc keeps the item then.
  bool eval(Session &sess, const lex::TokenStore &store, lex::TokenRange predicate, Span span) const;
  // All entries, for --print cfg: raw symbol pairs, unordered.
  const llvm::DenseSet<std::pair<uint32_t, uint32_t>> &entries() const { return set_; }

private:
  llvm::DenseSet<std::pair<uint32_t, uint32_t>> set_;
};

} // namespace ferric::parse
