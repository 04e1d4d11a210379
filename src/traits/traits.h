// Traits: registration of what this phase answers (paramEnv, adtDestructor, coerceUnsizedInfo, isDynCompatible).
#pragma once
#include "ty/context.h"

namespace ferric::traits {

void registerTraitsProviders(ty::Ctx &tcx);
// E0275: a requirement leads on and on, or back to itself. Ends the check of the item or body: what follows is mostly the same again.
void reportOverflow(ty::Ctx &tcx, Span span, ty::Predicate requirement, bool isLimit);

} // namespace ferric::traits
