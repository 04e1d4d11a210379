// Questions about types that MIR building and its passes ask: field types, discriminants, closures' parts, what
// needs drop. Types are looked at with regions erased.
#pragma once
#include "mir/mir.h"

namespace ferric::mir {

using ty::AdtDef; using ty::FieldDef; using ty::ParamEnv; using ty::VariantDef;

// What may be assumed in the body of `def`; closures and inline constants share their root's.
DefId typeckRoot(Ctx &tcx, DefId def);
ParamEnv paramEnvOf(Ctx &tcx, DefId def);
// Type of a field of an ADT with these arguments; regions erased, not normalised.
Ty fieldTy(Ctx &tcx, const FieldDef &field, GenericArgs args);
// The same, normalised as far as `env` allows.
Ty fieldTyNormalized(Ctx &tcx, ParamEnv env, const FieldDef &field, GenericArgs args);
Ty normalize(Ctx &tcx, ParamEnv env, Ty t);
// Signature of a fn item or fn pointer type with bound regions erased; normalised.
ty::FnSig fnSigOf(Ctx &tcx, ParamEnv env, Ty callee);
ty::FnSig fnSigOf(Ctx &tcx, ParamEnv env, const ty::PolyFnSig &sig);

// Fields of a closure: the types of what it captured.
void closureUpvarTys(Ctx &tcx, Ty closure, llvm::SmallVectorImpl<Ty> &out);
// 0 Fn, 1 FnMut, 2 FnOnce.
int closureKind(Ty closure);

// Size in bytes of an integer, bool or char type, pointers included; 0 for others.
unsigned scalarSize(Ctx &tcx, Ty t);
bool isSigned(Ty t);
// The integer type of a #[repr]'s discriminant; isize by default.
Ty reprDiscrTy(Ctx &tcx, const ty::ReprOptions &repr);
// What `discriminant_value` yields (rustc Ty::discriminant_ty); for generic types the projection.
Ty discriminantTy(Ctx &tcx, Ty t);
// The discriminants of all variants, as bits of reprDiscrTy. Errors in explicit ones have been reported.
void discriminants(Ctx &tcx, const AdtDef &adt, llvm::SmallVectorImpl<ty::ScalarInt> &out);
uint32_t variantOfDef(const AdtDef &adt, DefId variantOrCtor);
// Type of the metadata of pointers to `pointee`.
Ty pointeeMetadata(Ctx &tcx, ParamEnv env, Ty pointee);

bool needsDrop(Ctx &tcx, ParamEnv env, Ty t);
bool isCopy(Ctx &tcx, ParamEnv env, Ty t);
bool isFreeze(Ctx &tcx, ParamEnv env, Ty t);
bool isSized(Ctx &tcx, ParamEnv env, Ty t);
// False only for types that are known to have no values (Reference: special-types-and-traits, "Never"); privacy is ignored.
bool isInhabited(Ctx &tcx, ParamEnv env, Ty t);

// ---- constants ----
Constant constInt(Ty t, uint64_t lo, uint8_t size, uint64_t hi = 0);
Constant constUsize(Ctx &tcx, uint64_t v);
Constant constBool(Ctx &tcx, bool v);
Constant constZst(Ty t);                       // unit, fn items
Constant constFn(Ctx &tcx, DefId fn, llvm::ArrayRef<ty::GenericArg> args);
Constant constOfTyConst(Ctx &tcx, ty::Const c, Ty type);
// The method `name` of a trait, as an fn item.
DefId traitMethod(Ctx &tcx, DefId trait, llvm::StringRef name);

} // namespace ferric::mir
