// Moves of a body as built: nothing is used before it is initialised or after it was moved, and nothing is moved from where it must stay.
#pragma once
#include "mir/mir.h"

namespace ferric::mir_transform {

// `order`: the body's reverse postorder, here and in the other checks. Reports E0381, E0382, E0507, E0508 and E0509 (rustc-dev-guide, "Move paths"; rustc_borrowck). False: something was reported.
bool checkMoves(ty::Ctx &tcx, const mir::Body &body, llvm::ArrayRef<mir::BlockId> order);

} // namespace ferric::mir_transform
