// Checks of items that are no part of type checking a body: well-formedness of signatures, fields and impl headers, coherence, impls
// against their traits (rustc_hir_analysis::{check::wfcheck, coherence, check::compare_impl_item, impl_wf_check}).
#pragma once
#include "ty/context.h"

namespace ferric::item_check {

// Everything about one local definition; nothing for kinds without such rules.
void checkItem(ty::Ctx &tcx, DefId def);
// What the crate must have to be linked into a program, and be one, as far as its crate types ask for that.
void checkProgram(ty::Ctx &tcx);
// What needs all local impls at once: overlaps.
void checkCrate(ty::Ctx &tcx);

// The same of the attributes on statements and expressions of a body.
void lintLintNamesIn(ty::Ctx &tcx, const hir::Body &body);

} // namespace ferric::item_check
