// What a macro made of its input, in a form that outlives the session: a crate's metadata has it, so that a dependant that expands the
// crate again gets the same tokens, whatever the macro reads besides its input.
#pragma once
#include "proc_macro/dylib.h"
#include "proc_macro/wire.h"
#include "llvm/ADT/DenseMap.h"

namespace ferric::proc_macro {

// One call: positions and hygiene of its output are told by the places where they come from, the call's sites and its input.
class Record {
public:
  Record(const Call &call, llvm::ArrayRef<lex::Token> first, llvm::ArrayRef<lex::Token> second);
  // What tells the call from others: the macro, and the text of its input.
  std::string key(const SymbolTable &symbols, const Dylib &dylib) const;
  // None: a span of the output comes from somewhere else.
  std::optional<std::string> encode(const SymbolTable &symbols, llvm::ArrayRef<lex::Token> output) const;
  // None: the bytes are not what `encode` makes of an input like this.
  std::optional<Tokens> decode(SymbolTable &symbols, llvm::StringRef bytes) const;

private:
  // The start or end of a source, and how far behind it; a source's context.
  struct Position { uint32_t edge, distance; };
  std::optional<Position> position(uint32_t at) const;
  std::optional<uint32_t> at(Position p) const;
  const Call call_;
  const size_t firstSize_;
  Tokens input_;
  std::vector<Span> sources_;
  llvm::DenseMap<uint32_t, uint32_t> edges_;    // position -> 2 * source, + 1 for its end
  llvm::DenseMap<uint32_t, uint32_t> contexts_; // -> source
};

} // namespace ferric::proc_macro
