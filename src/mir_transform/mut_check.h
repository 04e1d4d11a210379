// Mutability of a body as built: what is assigned or borrowed mutably is mutable.
#pragma once
#include "mir/mir.h"

namespace ferric::mir_transform {

// Reports E0384, E0594 and E0596 (Reference: variables, "expressions - Mutability"; rustc_borrowck). False: something was reported.
bool checkMutability(ty::Ctx &tcx, const mir::Body &body, llvm::ArrayRef<mir::BlockId> order);

} // namespace ferric::mir_transform
