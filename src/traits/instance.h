// From a function and its arguments to what is called (rustc_ty_utils::instance), and specialisation.
#pragma once
#include "traits/normalize.h"

namespace ferric::traits {

// Resolves a fn, constant or constructor with monomorphic arguments: a trait's item to the impl's (or the default), built-in
// shims, calls through vtables. None: not enough is known (too generic), or it does not hold (already an error).
std::optional<ty::Instance> resolveInstance(Tcx &tcx, ParamEnv env, DefId def, GenericArgs args);
inline std::optional<ty::Instance> resolveInstance(Tcx &tcx, DefId def, GenericArgs args) { return resolveInstance(tcx, {}, def, args); }
// For fn pointers: #[track_caller] functions and vtable calls get a ReifyShim.
std::optional<ty::Instance> resolveForFnPtr(Tcx &tcx, ParamEnv env, DefId def, GenericArgs args);
// For vtable entries of a trait method: by-value self gets a VTableShim.
std::optional<ty::Instance> resolveForVtable(Tcx &tcx, ParamEnv env, DefId def, GenericArgs args);
// A closure called as `requestedKind` (0 Fn, 1 FnMut, 2 FnOnce).
ty::Instance resolveClosure(Tcx &tcx, DefId def, GenericArgs args, int requestedKind);
// drop_in_place::<t>; Instance::ty none when nothing is to be dropped.
ty::Instance resolveDropInPlace(Tcx &tcx, Ty t);
// drop glue of `t` under `env`.

// The impl (or other source) that proves a monomorphic trait ref; nested obligations are proved. None: none or ambiguous.
std::optional<Selection> codegenSelect(Tcx &tcx, ParamEnv env, const TraitRef &tr);

// ---- specialisation (RFC 1210) ----
// True when impl `a` is more special than `b`.
bool specializes(Tcx &tcx, DefId a, DefId b);
// The impl that `impl` specialises, or none.
DefId specializationParent(Tcx &tcx, DefId impl);
// Where the item `traitItem` of impl `impl` is defined: the impl itself, an impl it specialises, or the trait.
struct LeafDef {
  DefId item;                // none: nowhere
  DefId container;           // impl or trait
  bool isFinal = true;       // cannot be overridden by a more special impl
};
LeafDef leafDef(Tcx &tcx, DefId impl, DefId traitItem);
// Arguments for an item of `leaf` from those of `sourceImpl` with the item's own behind.
GenericArgs translateArgs(InferCtxt &infcx, ParamEnv env, DefId sourceImpl, GenericArgs sourceArgs, DefId targetContainer);

} // namespace ferric::traits
