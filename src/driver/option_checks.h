// What options mean only together with the target.
#pragma once
#include "diag/session.h"
#include "layout/target.h"

namespace ferric::driver {

// Whether options that say how code is made fit the target, and the files that they name exist. No: reported, in
// rustc's words.
bool checkOptions(Session &sess, const layout::TargetSpec &target);

} // namespace ferric::driver
