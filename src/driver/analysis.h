// The checks of the crate being compiled: every item and every body, whether reached or not.
#pragma once
#include "mir_build/mir_build.h"
#include "mono/mono.h"
#include "ty/context.h"

namespace ferric::driver {

// Registers every phase's queries.
void registerProviders(ty::Ctx &tcx);
// Signatures, bounds and attributes of all local items.
void checkItems(ty::Ctx &tcx);
// Types of all local bodies, unsafe operations and, unless `typesOnly`, MIR where there are no errors. What bodies of a library
// name is added to `references`; values that are dropped and should not be to `unused`.
void checkBodies(ty::Ctx &tcx, bool typesOnly, mono::References &references, std::vector<mir_build::UnusedValue> &unused);
// Values of local constants and statics without generic parameters.
void evalConstants(ty::Ctx &tcx);
// Lints that say nothing new about a program with errors.
void lintBodies(ty::Ctx &tcx, llvm::ArrayRef<mir_build::UnusedValue> unused);

// Lets the MIR go that no code of `items` is made of.
void forgetUnusedMir(ty::Ctx &tcx, llvm::ArrayRef<mono::MonoItem> items);

// -Zunpretty=thir-tree, mir: all local bodies.
void printTypes(ty::Ctx &tcx, llvm::raw_ostream &os);
void printMir(ty::Ctx &tcx, llvm::raw_ostream &os);

} // namespace ferric::driver
