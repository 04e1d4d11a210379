// Lowering: one item header, or one body, from the syntax tree to HIR: late name resolution (locals, labels,
// generic parameters, lifetimes, block items) and desugaring in one walk (rustc_resolve::late, rustc_ast_lowering).
#pragma once
#include "ty/context.h"

namespace ferric::lower {

// Registers the providers of hirItem and hirBody.
//
// hirItem(def): Struct, Union, Enum, Trait, TraitAlias, TyAlias, AssocTy, ForeignTy, Fn, AssocFn, Const, AssocConst,
// Static, Impl. hirBody(def): Fn, AssocFn, Const, AssocConst, Static (null: no body) and AnonConst; for a closure,
// inline constant or asm const the body of the item around it (their expressions live in it), see bodyOwner.
void registerLowerProviders(ty::Ctx &tcx);

// The definition whose body holds that of `def`: for closures and inline constants their typeck root, else itself.
DefId bodyOwner(ty::Ctx &tcx, DefId def);

// Frees a body; it is lowered again when it is asked for. Definitions that lowering made in it (closures, constants) look into it:
// it must not be asked for after they were made.
void forgetBody(ty::Ctx &tcx, DefId owner);

} // namespace ferric::lower
