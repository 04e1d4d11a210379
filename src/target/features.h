// Target features: which are on, given the specification's and the command line's lists, and what each one brings along
// (Reference: attributes/codegen, "target_feature"; rustc_target::target_features, implied features).
#pragma once
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include <string>
#include <vector>

namespace ferric::target {

// Turns `feature` of `arch` on with all that it implies, or off with all that needs it.
void enableFeature(llvm::StringSet<> &on, llvm::StringRef arch, llvm::StringRef feature);
void disableFeature(llvm::StringSet<> &on, llvm::StringRef arch, llvm::StringRef feature);
// The features a target has: what every machine of `arch` has, then the lists "+a,-b" in order: the specification's, the processor's, the
// command line's.
llvm::StringSet<> enabledFeatures(llvm::StringRef arch, llvm::ArrayRef<llvm::StringRef> lists);
// The features that `#[target_feature]` and `cfg(target_feature)` know, sorted.
std::vector<llvm::StringRef> knownFeatures(llvm::StringRef arch);
// What LLVM calls a feature: some are several to it, some nothing. One that is not known is passed on as it is.
llvm::SmallVector<llvm::StringRef, 4> llvmFeatures(llvm::StringRef arch, llvm::StringRef feature);
// A list "+a,-b" in LLVM's names.
std::string llvmFeatureList(llvm::StringRef arch, llvm::StringRef list);

} // namespace ferric::target
