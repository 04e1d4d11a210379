// MIR passes: the queries mirForCtfe, mirOptimized, mirPromoted and mirShim.
#pragma once
#include "mir/mir.h"

namespace ferric::mir_transform {

void registerMirTransformProviders(ty::Ctx &tcx);

const mir::Body *buildShim(ty::Ctx &tcx, const ty::Instance &instance);
const mir::Body *buildCtor(ty::Ctx &tcx, DefId ctor);

// Builds the runtime MIR of every body of a crate, validates it and writes counts to `os`: bodies, failures, blocks,
// statements. `dump`: prints the bodies too.
void buildAllMir(ty::Ctx &tcx, CrateId crate, llvm::raw_ostream &os, bool dump = false);

} // namespace ferric::mir_transform
