// One attempt to coerce a type to another: adjustments and obligations gathered on the way.
#pragma once
#include "typeck/fn_ctxt.h"

namespace ferric::typeck {

struct Coerce {
  FnCtxt &f;
  Cause cause;
  bool twoPhase = false;       // autoref adjustments may be two-phase borrows
  bool coerceNever = true;     // the expression's value is really read: `!` may become anything
  Adjustments adj;
  Obligations obligations;
  Ty target;

  // False: no coercion; adj and obligations are then garbage unless inside attempt().
  bool coerce(Ty a, Ty b);
  // Runs fn in a snapshot; restores adjustments and obligations when it fails.
  bool attempt(function_ref<bool()> fn);

private:
  bool unify(Ty a, Ty b);
  bool toRef(Ty a, Ty b);
  bool toRawPtr(Ty a, Ty b);
  bool fromFnPtr(Ty a, Ty b);
  bool fromFnItem(Ty a, Ty b);
  bool closureToFn(Ty a, Ty b);
  bool coerceUnsized(Ty a, Ty b);
  bool unsizeLoop(Predicate goal);
  // The target of an unsizing is an object type of a trait that cannot be one.
  bool toIncompatibleDyn(Ty to);
};

// Signature of a function item / closure without captures as a function pointer; false when it cannot be one.
bool fnDefCoercionSig(FnCtxt &f, Ty fnDef, bool toUnsafe, PolyFnSig &sig);
bool closureCoercionSig(FnCtxt &f, Ty closure, Safety safety, PolyFnSig &sig);

} // namespace ferric::typeck
