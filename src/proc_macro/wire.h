// What the compiler and the process that runs macros send each other. Names go as text, because each side makes symbols of its own;
// spans and hygiene contexts are the compiler's and go as they are.
#pragma once
#include "proc_macro/stream.h"

namespace ferric::proc_macro {

void writeSpan(Writer &w, Span span);
Span readSpan(Reader &r);
void writeTokens(Writer &w, const SymbolTable &symbols, llvm::ArrayRef<lex::Token> tokens);
// Damaged bytes make `r` fail; groups are whole in any case.
Tokens readTokens(Reader &r, SymbolTable &symbols);

// A question that the process asks; more than Methods, whose numbers they have, there are none.
enum class Method : uint8_t {
#define METHOD(name) name,
#include "proc_macro/methods.def"
};
inline constexpr unsigned kMethods = 0
#define METHOD(name) +1
#include "proc_macro/methods.def"
    ;

// One macro's run.
struct Call {
  uint32_t macro = 0;            // its place in the table
  bool twoInputs = false;        // an attribute's: its arguments, and what it stands on
  Span defSite, callSite, mixedSite;
  unsigned edition = 2015;       // for text that the macro makes tokens of
  bool showPanics = false;       // -Zproc-macro-backtrace
};

} // namespace ferric::proc_macro
