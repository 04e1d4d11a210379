// The passes of optimised builds.
#pragma once
#include "llvm/Passes/PassBuilder.h"

namespace ferric::codegen {

// LLVM's default pipeline for `level`, O2 or Os, without the passes that find next to nothing to do in code made from simplified MIR.
// The passes that `builder` was given to run last are among them.
llvm::ModulePassManager optimizationPipeline(llvm::PassBuilder &builder, const llvm::PipelineTuningOptions &tuning,
                                             llvm::OptimizationLevel level);

} // namespace ferric::codegen
