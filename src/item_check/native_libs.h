// Libraries that are no crates: #[link] on extern blocks and -l (Reference: items/external-blocks, "The link
// attribute").
#pragma once
#include "diag/session.h"
#include "ty/context.h"

namespace ferric::item_check {

// What the local crate links, in the order in which linkers get it: first what the source names, in its order. A -l
// option that names one of these takes over (rustc_metadata::native_libs). What is wrong is reported (E0454, E0455,
// E0459, E0538, E0539, E0565, E0658).
std::vector<NativeLib> nativeLibs(ty::Ctx &tcx);

} // namespace ferric::item_check
