// Source spans: byte ranges in the one address space that SourceMap gives to all files,
// plus the hygiene context (rustc-dev-guide, "Macro expansion", Hygiene).
#pragma once
#include "base/id.h"
#include "base/symbol.h"

namespace ferric {

// Hygiene context of an identifier; index into Hygiene. The root context is 0.
struct SyntaxContext {
  uint32_t raw = 0;
  bool isRoot() const { return raw == 0; }
  friend bool operator==(SyntaxContext, SyntaxContext) = default;
};

// Half-open byte range [lo, hi). lo == hi == 0 is the dummy span (no source).
struct Span {
  uint32_t lo = 0;
  uint32_t hi = 0;
  SyntaxContext ctxt;

  bool isDummy() const { return hi == 0; }
  // From the start of this span to the end of `end`, in this span's context.
  Span to(Span end) const { return {lo, end.hi > lo ? end.hi : hi, ctxt}; }
  // The empty span at the start / the end of this one.
  Span shrinkToLo() const { return {lo, lo, ctxt}; }
  Span shrinkToHi() const { return {hi, hi, ctxt}; }
  Span withCtxt(SyntaxContext c) const { return {lo, hi, c}; }
  friend bool operator==(const Span &, const Span &) = default;
};
static_assert(sizeof(Span) == 12);

// A name with its place and hygiene. Equality of identifiers is a question of hygiene:
// see Hygiene::sameIdent; there is deliberately no operator==.
struct Ident {
  Symbol name;
  Span span;
  bool valid() const { return name.valid(); }
};

} // namespace ferric
