// MIR building: the query mirBuilt.
#pragma once
#include "ty/context.h"

namespace ferric::mir_build {

void registerMirBuildProviders(ty::Ctx &tcx);

// Frees the list of the closures and inline constants in a body that is let go of.
void forgetNestedBodies(ty::Ctx &tcx, DefId root);

} // namespace ferric::mir_build
