// Eager normalisation: every projection in an instantiated signature, field or predicate becomes its normal form, stays as a rigid
// alias when nothing better is known, or becomes a new variable with a pending Projection obligation (rustc_trait_selection::traits::
// {normalize, project}). After it, relations need only compare structure.
#pragma once
#include "traits/solve.h"

namespace ferric::traits {

// Variables are resolved first. What must hold for the result goes to `out`.
Ty normalize(InferCtxt &infcx, const Cause &cause, ParamEnv env, Ty v, Obligations &out, uint32_t depth = 0);
Const normalize(InferCtxt &infcx, const Cause &cause, ParamEnv env, Const v, Obligations &out, uint32_t depth = 0);
GenericArg normalize(InferCtxt &infcx, const Cause &cause, ParamEnv env, GenericArg v, Obligations &out, uint32_t depth = 0);
GenericArgs normalize(InferCtxt &infcx, const Cause &cause, ParamEnv env, GenericArgs v, Obligations &out, uint32_t depth = 0);
Predicate normalize(InferCtxt &infcx, const Cause &cause, ParamEnv env, Predicate v, Obligations &out, uint32_t depth = 0);
TraitRef normalize(InferCtxt &infcx, const Cause &cause, ParamEnv env, TraitRef v, Obligations &out, uint32_t depth = 0);
FnSig normalize(InferCtxt &infcx, const Cause &cause, ParamEnv env, FnSig v, Obligations &out, uint32_t depth = 0);
PolyFnSig normalize(InferCtxt &infcx, const Cause &cause, ParamEnv env, PolyFnSig v, Obligations &out, uint32_t depth = 0);
Term normalize(InferCtxt &infcx, const Cause &cause, ParamEnv env, Term v, Obligations &out, uint32_t depth = 0);

// One projection (arguments already normal). None: ambiguous, a variable in the way.
Term normalizeProjection(InferCtxt &infcx, const Cause &cause, ParamEnv env, const AliasTy &alias, Obligations &out, uint32_t depth = 0);
// The same, a new variable and a pending obligation instead of none.
Term normalizeProjectionOrVar(InferCtxt &infcx, const Cause &cause, ParamEnv env, const AliasTy &alias, Obligations &out, uint32_t depth = 0);

// `alias == term`: normalises and equates.
enum class ProjectOutcome : uint8_t { Holds, Ambiguous, Mismatch, Overflow };
ProjectOutcome projectAndUnify(InferCtxt &infcx, const Obligation &o, Obligations &out, TypeError &err);

// The value of an unevaluated constant without variables; the constant itself when it is too generic.
Const evaluateConst(Tcx &tcx, Const c);

// ---- code without inference variables: PostAnalysis, memoised; regions are erased first ----
// An alias that cannot be normalised under `env` (rigid) stays.
Ty normalizeErasingRegions(Tcx &tcx, ParamEnv env, Ty t);
Const normalizeErasingRegions(Tcx &tcx, ParamEnv env, Const c);
GenericArgs normalizeErasingRegions(Tcx &tcx, ParamEnv env, GenericArgs a);
FnSig normalizeErasingRegions(Tcx &tcx, ParamEnv env, const FnSig &s);
PolyFnSig normalizeErasingRegions(Tcx &tcx, ParamEnv env, const PolyFnSig &s);
ty::Instance normalizeErasingRegions(Tcx &tcx, ParamEnv env, ty::Instance i);
// Parameters instantiated first (monomorphisation).
Ty instantiateAndNormalize(Tcx &tcx, ParamEnv env, Ty t, GenericArgs args);
Const instantiateAndNormalize(Tcx &tcx, ParamEnv env, Const c, GenericArgs args);
GenericArgs instantiateAndNormalize(Tcx &tcx, ParamEnv env, GenericArgs a, GenericArgs args);
// A signature with bound regions erased.
FnSig normalizeErasingLateBound(Tcx &tcx, ParamEnv env, const PolyFnSig &s);

} // namespace ferric::traits
