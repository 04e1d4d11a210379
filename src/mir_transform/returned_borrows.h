// References to variables that are gone when the body that returns them is left.
#pragma once
#include "mir/mir.h"

namespace ferric::mir_transform {

// Reports E0515 in functions and E0597 in constants and statics, for plain references that are passed on as they are: a part of what a borrow checker finds
// (rustc_borrowck). What it does report is wrong under any lifetimes. False: something was reported.
bool checkReturnedBorrows(ty::Ctx &tcx, const mir::Body &body);

} // namespace ferric::mir_transform
