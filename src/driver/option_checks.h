// What options mean only together with the target.
#pragma once
#include "diag/session.h"
#include "layout/target.h"

namespace ferric::driver {

// Leaves out the crate types that the target cannot have, with a warning (rustc_session::output::collect_crate_types).
void dropUnsupportedCrateTypes(Session &sess, Options &options, const layout::TargetSpec &target);

// Whether options that say what is made and how fit one another and the target, and the files that they name exist. No: reported, in
// rustc's words.
bool checkOptions(Session &sess, const layout::TargetSpec &target);

} // namespace ferric::driver
