// Generated code as tokens: text templates, identifiers with hygiene, and copied source tokens, put together and parsed like any
// macro's output.
#pragma once
#include "diag/session.h"
#include "lex/token.h"

namespace ferric::expand {

class Quote {
public:
  // Every token made from text gets `span`; change it with at().
  Quote(Session &sess, const lex::TokenStore &store, Span span) : sess_(sess), store_(store), span_(span) {}

  // Rust source text: identifiers, lifetimes, punctuation, delimiters, integers and strings without escapes.
  Quote &operator<<(llvm::StringRef text);
  Quote &ident(Symbol name, Span span, bool raw = false);
  Quote &ident(Ident i) { return ident(i.name, i.span, isRawName(i.name)); }
  Quote &symbol(Symbol name) { return ident(name, span_, isRawName(name)); }
  Quote &lifetime(Ident l);
  // A literal token; `escaped` as in source, without quotes.
  Quote &literal(lex::LitKind kind, llvm::StringRef escaped);
  Quote &string(llvm::StringRef value); // escapes it
  Quote &integer(uint64_t value);
  // Source tokens as they are / wrapped in an invisible group of `kind`.
  Quote &copy(lex::TokenRange range);
  Quote &group(lex::FragmentKind kind, lex::TokenRange range);
  Quote &token(const lex::Token &t);
  // Lengthens the identifier that was written last.
  Quote &appendToLast(llvm::StringRef text);
  Quote &at(Span span) {
    span_ = span;
    return *this;
  }
  Span span() const { return span_; }
  size_t size() const { return tokens_.size(); }
  // Appends everything to `store` (the one given to the constructor); the builder is empty again.
  lex::TokenRange finish(lex::TokenStore &store);

private:
  bool isRawName(Symbol name) const;
  void punct(llvm::StringRef &text);
  void open(lex::Delim d);
  void close(lex::Delim d);
  Session &sess_;
  const lex::TokenStore &store_;
  Span span_;
  std::vector<lex::Token> tokens_;
  llvm::SmallVector<uint32_t, 16> open_;
};

} // namespace ferric::expand
