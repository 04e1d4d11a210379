// The cfgs a crate is compiled with: the target's, the code-generation options' and the command line's.
#pragma once
#include "diag/session.h"
#include "layout/target.h"

namespace ferric::driver {

// In the order of `--print cfg` (sorted), each `name` or `name="value"`; --cfg options are not among them.
std::vector<std::string> targetCfgs(const Options &options, const layout::TargetSpec &target);
// Finds out which features the processor of -C target-cpu has, or that of a specification that is not built in.
void learnProcessor(Options &options, const layout::TargetSpec &target);

} // namespace ferric::driver
