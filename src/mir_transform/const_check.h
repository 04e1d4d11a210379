// The rules of const contexts, checked for every constant, static and const function of the crate being compiled.
#pragma once
#include "mir/mir.h"

namespace ferric::mir_transform {

// Operations, calls and borrows of a body as built (E0015, E0277, E0492, E0625, E0764). False: reported; it must not be
// evaluated.
bool checkConstOperations(ty::Ctx &tcx, const mir::Body &body, llvm::ArrayRef<mir::BlockId> order);
// Destructors of a body as built: a value that was moved as a whole has none left, one that was moved in part still has, unless the crate
// asks for more precision (E0493; rustc_const_eval::check_consts). False: reported.
bool checkConstDropsAsBuilt(ty::Ctx &tcx, const mir::Body &body);
// Destructors of a body whose drops are elaborated (E0493; RFC 3762 for what may be dropped). False: reported.
bool checkConstDrops(ty::Ctx &tcx, const mir::Body &body);

} // namespace ferric::mir_transform
