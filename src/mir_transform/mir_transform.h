// MIR passes: the queries mirForCtfe, mirOptimized, mirPromoted and mirShim.
#pragma once
#include "mir/mir.h"

namespace ferric::mir_transform {

void registerMirTransformProviders(ty::Ctx &tcx);

const mir::Body *buildShim(ty::Ctx &tcx, const ty::Instance &instance);
const mir::Body *buildCtor(ty::Ctx &tcx, DefId ctor);

// What is known of one body whose runtime MIR was built.
struct BodyCheck { bool exists = false, tainted = false; size_t promoted = 0; };
// Builds the runtime MIR of a function, constant, static or closure and of what is promoted out of it, and validates them.
BodyCheck checkMir(ty::Ctx &tcx, DefId def);
// Frees what building left behind (`all`: the runtime MIR as well); it is made again when it is asked for.
void forgetMir(ty::Ctx &tcx, DefId def, bool all);

} // namespace ferric::mir_transform
