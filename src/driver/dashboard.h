// -Zcheck-all-bodies: what the compiler makes of every body of every crate.
#pragma once
#include "ty/context.h"

namespace ferric::driver {

// Takes every body of every crate through type checking and MIR and, unless -Zno-codegen, every function that is not generic, and
// each generic one at the first instance those reach, to verified LLVM IR. Failures are counted, by phase, cause and file: text for
// people, or with --error-format=json one object a line. What is inside core_arch and core_simd is counted apart.
void checkAllBodies(ty::Ctx &tcx, llvm::raw_ostream &os);

} // namespace ferric::driver
