// Trait selection and evaluation (rustc-dev-guide, "Trait solving"). `evaluate` answers whether a goal holds without
// changing the inference context, memoised by canonical goal; `select` finds the one source that proves a trait goal, and what
// remains to be proved for it.
#pragma once
#include "traits/infer.h"

namespace ferric::traits {

// From best to worst; combining takes the maximum.
enum class EvalResult : uint8_t { Yes, Ambiguous, Overflow, No };
inline bool mayApply(EvalResult r) { return r <= EvalResult::Overflow; }

EvalResult evaluate(InferCtxt &infcx, const Obligation &o);
EvalResult evaluate(InferCtxt &infcx, ParamEnv env, Predicate p);
// Holds, or could with other values for variables.
inline bool predicateMayHold(InferCtxt &infcx, const Obligation &o) { return mayApply(evaluate(infcx, o)); }
inline bool predicateMustHold(InferCtxt &infcx, const Obligation &o) { return evaluate(infcx, o) == EvalResult::Yes; }
// `trait<args>` with `self` first; regions are 'erased.
EvalResult typeImplementsTrait(InferCtxt &infcx, DefId trait, llvm::ArrayRef<GenericArg> args, ParamEnv env);

enum class SourceKind : uint8_t {
  Impl,            // user-written impl `impl` with `args`
  Param,           // a where-clause
  AliasBound,      // bound of an associated or opaque type
  Object,          // dyn Trait: Trait (or a supertrait of it)
  Builtin,         // built into the compiler: Sized, Copy, Clone, Fn*, Pointee, Unsize of arrays, structs, ...
  AutoImpl,        // structural auto trait
  ObjectUnsize,    // T: Unsize<dyn Trait>
  ObjectUpcast,    // dyn A: Unsize<dyn B>
  TraitAlias,
};
struct Selection {
  SourceKind kind{};
  DefId impl;
  GenericArgs args;                 // Impl
  Predicate clause;                 // Param, AliasBound: what proved it
  uint32_t upcastSlot = 0;
  ObligationVec nested;
};
enum class SelectOutcome : uint8_t { Selected, Ambiguous, NoSolution, Overflow };
// `o.predicate` is a Trait predicate. Selected: variables may have got values, `out.nested` remains to be proved.
SelectOutcome select(InferCtxt &infcx, const Obligation &o, Selection &out);

// Head of a type for the impl index (rustc fast_reject::simplify_type). `paramsRigid`: parameters and aliases match nothing but
// blanket impls all the same, so they are None; variables too.
SimplifiedType simplify(Ty t);
// Whether impl arguments (with parameters) could unify with a goal's; never wrong when it says no.
bool mayUnify(GenericArgs goal, GenericArgs impl);
bool mayUnify(Ty goal, Ty impl);

// Closure parts: [parent args.., kind ty, sig as fn ptr, upvar tuple].
struct ClosureParts { llvm::ArrayRef<GenericArg> parent; Ty kind, sig, upvars; };
ClosureParts closureParts(GenericArgs args);
// The kind that a closure's kind type says: 0 Fn, 1 FnMut, 2 FnOnce; -1: not known yet.
int closureKindOf(Ty kindTy);
Ty closureKindTy(Tcx &tcx, int kind);

} // namespace ferric::traits
