// Target features: which are on, given the specification's and the command line's lists, and what each one brings along
// (Reference: attributes/codegen, "target_feature"; rustc_target::target_features, implied features).
#pragma once
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

namespace ferric::target {

// Turns `feature` of `arch` on with all that it implies, or off with all that needs it.
void enableFeature(llvm::StringSet<> &on, llvm::StringRef arch, llvm::StringRef feature);
void disableFeature(llvm::StringSet<> &on, llvm::StringRef arch, llvm::StringRef feature);
// The features a target has: what every machine of `arch` has, then the lists "+a,-b" in order.
llvm::StringSet<> enabledFeatures(llvm::StringRef arch, llvm::StringRef specification, llvm::StringRef commandLine);

} // namespace ferric::target
