// Vtables, dyn compatibility, unsizing (rustc_trait_selection::traits::{vtable, dyn_compatibility}).
#pragma once
#include "traits/instance.h"

namespace ferric::traits {

// Entries of the vtable for `self` as `tr` (tr.self() is the concrete type, or dyn Trait itself for counting): the header first.
llvm::ArrayRef<ty::VtblEntry> vtableEntries(Tcx &tcx, const TraitRef &tr);
// Header alone: a dyn type without principal.
llvm::ArrayRef<ty::VtblEntry> vtableHeader(Tcx &tcx);
// Entries for `self` behind `dynTy`.
llvm::ArrayRef<ty::VtblEntry> vtableEntriesFor(Tcx &tcx, Ty self, Ty dynTy);
// Slot (header included) of `method` in the vtable of `dyn Trait` where tr = <dyn Trait as Trait>, method of tr.trait or of a supertrait `of`.
uint32_t vtableMethodIndex(Tcx &tcx, const TraitRef &objectTrait, const TraitRef &of, DefId method);
// Upcasting dyn source -> dyn target. none: the same vtable will do.
std::optional<uint32_t> upcastSlot(Tcx &tcx, Ty sourceDyn, Ty targetDyn);

// Reasons why `dyn Trait` is not allowed (Reference: items/traits, "Dyn compatibility"; E0038).
enum class DynViolationKind : uint8_t { SizedSelf, SupertraitSelf, SupertraitNonLifetimeBinder, StaticMethod, ReferencesSelf, Generic, UndispatchableReceiver, AsyncFn, OpaqueReturn, AssocConst, Gat, Explicit, WhereClauseSelf };
struct DynViolation { DynViolationKind kind{}; DefId trait; DefId item; Span span; };
llvm::ArrayRef<DynViolation> dynViolations(Tcx &tcx, DefId trait);
// Violations that forbid calling `method` on a dyn type; a `where Self: Sized` method is not in the vtable.
bool isVtableSafeMethod(Tcx &tcx, DefId trait, DefId method);
bool hasWhereSelfSized(Tcx &tcx, DefId item);

} // namespace ferric::traits
