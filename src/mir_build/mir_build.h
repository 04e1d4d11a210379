// MIR building: the query mirBuilt.
#pragma once
#include "ty/context.h"

namespace ferric::mir_build {

void registerMirBuildProviders(ty::Ctx &tcx);

} // namespace ferric::mir_build
