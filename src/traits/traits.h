// Traits: registration of what this phase answers (paramEnv, adtDestructor, coerceUnsizedInfo, isDynCompatible).
#pragma once
#include "ty/context.h"

namespace ferric::traits {

void registerTraitsProviders(ty::Ctx &tcx);

} // namespace ferric::traits
