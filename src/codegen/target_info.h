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
// The features that -C target-feature takes, by Rust's names, and those that only LLVM knows, by its own.
std::vector<Named> features(const layout::TargetSpec &target);
std::vector<Named> llvmOnlyFeatures(const layout::TargetSpec &target);
// The machine that the compiler runs on, as LLVM calls it: "+a,-b".
struct Host {
  std::string processor, features;
};
Host host();
// The features that a processor of the target has, by Rust's names: "+a,+b". LLVM says so when it does not know the processor.
std::string processorFeatures(const layout::TargetSpec &target, llvm::StringRef processor);

} // namespace ferric::codegen
