// Obligations: predicates that must hold, where they may be assumed to, and why they are asked for
// (rustc_infer::traits::Obligation, ObligationCause).
#pragma once
#include "ty/context.h"

namespace ferric::traits {

using ty::Ty; using ty::TyKind; using ty::Const; using ty::Region; using ty::GenericArg; using ty::GenericArgs; using ty::Term;
using ty::TraitRef; using ty::AliasTy; using ty::AliasKind; using ty::Predicate; using ty::PredicateKind; using ty::PredicateData;
using ty::ParamEnv; using ty::Clauses; using ty::FnSig; using ty::PolyFnSig; using ty::InferKind;
// The type context; `ty::Ctx` elsewhere.
using Tcx = ty::Ctx;

// Why an obligation exists; decides the wording of its error and, for some, its place.
enum class CauseCode : uint8_t {
  Misc,
  WhereClause,         // a where-clause of `item`, written at `clauseSpan`
  WellFormed,
  Coercion,            // a -> b
  Cast,
  ReturnValue, ReturnNoExpression, BlockTail, MatchArm, IfExpr, IfWithoutElse, LetElse, MainType, ExprAssign, StartType,
  MethodReceiver, FunctionArg, CallReturn, CompareImplItem,
  BinOp, UnOp, Index, Pattern,
  VariableSized, SizedArgument, SizedReturn, SizedCall, SizedConstOrStatic, AssignLhsSized, SizedYield,
  TupleElem, StructFieldSized, StructInitializerSized, TupleInitializerSized, SliceOrArrayElem, InlineAsmSized,
  RepeatElementCopy, ArrayLen, ConstSized, SharedStatic, ObjectCast, ClosureCapture, OpaqueReturn, OpaqueType, QuestionMark, ForLoopIterator, AwaitableExpr,
};

// One link of "required because of the impl / where-clause": the obligation that this one was made for.
struct DerivedCause {
  Predicate parent;
  DefId source;                      // impl whose where-clause it is; none: built in (a field, an element, ...)
  Span clauseSpan;
  const DerivedCause *up = nullptr;  // towards the root
};

struct Cause {
  Span span;
  CauseCode code = CauseCode::Misc;
  DefId item;                        // WhereClause: whose
  Span clauseSpan;                   // WhereClause: where it is written
  Ty a, b;                           // Coercion, Pattern, ...
  const DerivedCause *derived = nullptr;

  Cause() = default;
  explicit Cause(Span span, CauseCode code = CauseCode::Misc) : span(span), code(code) {}
};

struct Obligation {
  Predicate predicate;
  ParamEnv env;
  Cause cause;
  uint32_t depth = 0;                // how many derivations from the root; beyond the recursion limit: overflow (E0275)
};
using Obligations = llvm::SmallVectorImpl<Obligation>;
using ObligationVec = llvm::SmallVector<Obligation, 4>;

// A trait obligation `T: Trait<args>`.
inline Obligation traitObligation(Tcx &tcx, const Cause &cause, ParamEnv env, const TraitRef &tr, uint32_t depth = 0) {
  return {tcx.mkTraitPredicate(tr), env, cause, depth};
}

} // namespace ferric::traits
