// -Zunpretty modes of the lazy phases that walk all items of a crate.
#pragma once
#include "llvm/Support/raw_ostream.h"
#include "ty/context.h"

namespace ferric::driver {

// -Zunpretty=hir: headers and bodies of the local crate.
void printHir(ty::Ctx &tcx, llvm::raw_ostream &os);
// -Zunpretty=signatures: generics, predicates, types and signatures of the local crate's items.
void printSignatures(ty::Ctx &tcx, llvm::raw_ostream &os);
// -Zunpretty=type-sizes: lays out every struct, union and enum of the local crate that is not generic but for lifetimes, and prints
// these and all types they consist of, as -Zprint-type-sizes does.
void printLayouts(ty::Ctx &tcx, llvm::raw_ostream &os);
// -Zunpretty=check-headers: everything of every item of all crates is asked for, and how much it was is printed.
void checkHeaders(ty::Ctx &tcx, llvm::raw_ostream &os, bool bodies);

} // namespace ferric::driver
