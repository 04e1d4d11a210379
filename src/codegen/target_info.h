// What LLVM knows of a target's processors and features.
#pragma once
#include "layout/target.h"

namespace ferric::codegen {

struct Named {
  std::string name, what;
}; // what: one sentence, or nothing

// The values of -C target-cpu; `native` is among them for the machine the compiler runs on. Empty: LLVM does not know
// the target.
std::vector<Named> processors(const layout::TargetSpec &target);
// The features that -C target-feature takes, by LLVM's names.
std::vector<Named> features(const layout::TargetSpec &target);

} // namespace ferric::codegen
