// Moves of a body as built: nothing is used before it is initialised or after it was moved, and nothing is moved from where it must stay.
#pragma once
#include "mir/mir.h"

namespace ferric::mir_transform {

// Reports E0381, E0382, E0507, E0508 and E0509 (rustc-dev-guide, "Move paths"; rustc_borrowck). False: something was reported.
bool checkMoves(ty::Ctx &tcx, const mir::Body &body);

} // namespace ferric::mir_transform
