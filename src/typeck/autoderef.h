// Repeated dereferencing of a type: built in for references and boxes (raw pointers on request), by Deref otherwise,
// or through the Receiver chain of arbitrary self types (rustc_hir_analysis::autoderef; RFC 3519).
#pragma once
#include "typeck/fn_ctxt.h"

namespace ferric::typeck {

class Autoderef {
public:
  struct Step { Ty source; bool overloaded; };
  Autoderef(FnCtxt &fcx, Span span, Ty base) : fcx_(fcx), span_(span), cur_(fcx.resolve(base)) {}
  Autoderef &includeRawPointers() { raw_ = true; return *this; }
  Autoderef &useReceiver() { receiver_ = true; return *this; }
  // The next type of the chain: the base itself first. False at the end: a variable, an error, nothing to dereference.
  bool next(Ty &ty);
  // Dereferences `n` steps; false when the chain is shorter.
  bool nth(unsigned n, Ty &ty);
  Ty finalTy() const { return fcx_.resolve(cur_); }
  unsigned stepCount() const { return unsigned(steps_.size()); }
  ArrayRef<Step> steps() const { return steps_; }
  Span span() const { return span_; }
  bool reachedLimit() const { return limit_; }
  // Obligations that the overloaded steps depend on; to be registered when the steps are used.
  Obligations &obligations() { return obligations_; }

private:
  Ty overloaded(Ty t);
  FnCtxt &fcx_;
  Span span_;
  Ty cur_;
  SmallVector<Step, 4> steps_;
  Obligations obligations_;
  bool started_ = false, raw_ = false, receiver_ = false, limit_ = false;
};

// What `*t` is without any trait: references, boxes; raw pointers when `explicitDeref`. Null: nothing.
Ty builtinDeref(Ty t, bool explicitDeref);

} // namespace ferric::typeck
