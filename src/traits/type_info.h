// Properties of types under a parameter environment, memoised (rustc Ty::{is_sized, is_freeze, needs_drop}, struct_tail).
#pragma once
#include "traits/normalize.h"

namespace ferric::traits {

// Regions are erased first; types with variables are not allowed (ask evaluate). PostAnalysis unless said otherwise.
bool typeIsCopy(Tcx &tcx, ParamEnv env, Ty t);
bool typeIsSized(Tcx &tcx, ParamEnv env, Ty t);
bool typeIsFreeze(Tcx &tcx, ParamEnv env, Ty t);
bool typeIsUnpin(Tcx &tcx, ParamEnv env, Ty t);
bool typeImplements(Tcx &tcx, ParamEnv env, Ty t, DefId trait);
// True when dropping a value may do something; parameters and rigid aliases that are not Copy may.
bool needsDrop(Tcx &tcx, ParamEnv env, Ty t);
// The type of a field with arguments instantiated and normalised.
Ty fieldTy(Tcx &tcx, ParamEnv env, const ty::FieldDef &f, GenericArgs args);
// Last field's type of structs and tuples, repeatedly; normalised under `env`.
Ty structTail(Tcx &tcx, ParamEnv env, Ty t);
// Both tails for an unsizing from one struct to the same with another last field (rustc struct_lockstep_tails).
std::pair<Ty, Ty> lockstepTails(Tcx &tcx, ParamEnv env, Ty source, Ty target);
// What a pointer to `t` carries beside the address. Unknown: a parameter or rigid alias that may be unsized.
enum class MetadataKind : uint8_t { None, Length, Vtable, Unknown };
MetadataKind metadataKind(Tcx &tcx, ParamEnv env, Ty t);
// <t as Pointee>::Metadata: (), usize, DynMetadata<dyn ..>; the projection itself when unknown.
Ty ptrMetadataTy(Tcx &tcx, ParamEnv env, Ty t);
// Type of the discriminant read from an enum: repr's, or isize; u8 for other types.
Ty discriminantTy(Tcx &tcx, Ty t);

} // namespace ferric::traits
