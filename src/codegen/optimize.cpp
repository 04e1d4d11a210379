// LLVM's passes over the module: the pipeline for the level, with what the options change of it or add to it
// (rustc_codegen_llvm::back::write, llvm_optimize).
#include "codegen/codegen.h"
#include "codegen/pipeline.h"
#include "layout/target.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/PassTimingInfo.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/StandardInstrumentations.h"
#include "llvm/Support/PGOOptions.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/Instrumentation/AddressSanitizer.h"

namespace ferric::codegen {

static llvm::OptimizationLevel passLevel(OptLevel o) {
  switch (o) {
  case OptLevel::O0:
    return llvm::OptimizationLevel::O0;
  case OptLevel::O1:
    return llvm::OptimizationLevel::O1;
  case OptLevel::O2:
    return llvm::OptimizationLevel::O2;
  case OptLevel::O3:
    return llvm::OptimizationLevel::O3;
  case OptLevel::Os:
    return llvm::OptimizationLevel::Os;
  case OptLevel::Oz:
    return llvm::OptimizationLevel::Oz;
  }
  UNREACHABLE("optimisation level");
}

static llvm::PipelineTuningOptions tuningFor(const Session &sess, const layout::TargetSpec &target) {
  llvm::PipelineTuningOptions tuning;
  OptLevel level = sess.options.opt;
  bool vectorize = level == OptLevel::O2 || level == OptLevel::O3 || level == OptLevel::Os;
  tuning.LoopVectorization = vectorize && !sess.options.code.noVectorizeLoops;
  tuning.SLPVectorization = vectorize && !sess.options.code.noVectorizeSlp;
  tuning.LoopUnrolling = level == OptLevel::O2 || level == OptLevel::O3;
  tuning.MergeFunctions = level != OptLevel::O0 && level != OptLevel::O1 && mergeFunctions(sess, target) != "disabled";
  return tuning;
}

static std::optional<llvm::PGOOptions> profile(const CodeOptions &o) {
  auto make = [](llvm::StringRef file, llvm::PGOOptions::PGOAction action) {
    return llvm::PGOOptions(file.str(), "", "", "", action);
  };
  if (o.profileGenerate)
    return make(*o.profileGenerate, llvm::PGOOptions::IRInstr);
  if (!o.profileUse.empty())
    return make(o.profileUse, llvm::PGOOptions::IRUse);
  if (!o.profileSampleUse.empty())
    return make(o.profileSampleUse, llvm::PGOOptions::SampleUse);
  return std::nullopt;
}

static void addSanitizers(llvm::PassBuilder &builder, const CodeOptions &o) {
  if (!llvm::is_contained(o.sanitizers, "kernel-address"))
    return;
  llvm::AddressSanitizerOptions options;
  options.CompileKernel = true;
  options.Recover = o.sanitizerRecover;
  options.UseAfterScope = true;
  builder.registerOptimizerLastEPCallback(
      [options](llvm::ModulePassManager &passes, llvm::OptimizationLevel, llvm::ThinOrFullLTOPhase) {
        passes.addPass(llvm::AddressSanitizerPass(options));
      });
}

// -C passes. False: LLVM knows no such passes, reported.
static bool addPasses(Session &sess, llvm::PassBuilder &builder, llvm::ModulePassManager &passes) {
  for (const std::string &name : sess.options.code.passes)
    if (llvm::Error e = builder.parsePassPipeline(passes, name)) {
      sess.diag.errorNoSpan("failed to run LLVM passes: " + llvm::toString(std::move(e))).emit();
      return false;
    }
  return true;
}

// Ours for the kernel's levels; LLVM's own where every pass is wanted, where few are, and where it has to fit a profile in.
static llvm::ModulePassManager pipelineFor(llvm::PassBuilder &builder, const llvm::PipelineTuningOptions &tuning, OptLevel o, bool hasProfile) {
  llvm::OptimizationLevel level = passLevel(o);
  if (o == OptLevel::O0)
    return builder.buildO0DefaultPipeline(level);
  if (!hasProfile && (o == OptLevel::O2 || o == OptLevel::Os))
    return optimizationPipeline(builder, tuning, level);
  return builder.buildPerModuleDefaultPipeline(level);
}

void optimize(Session &sess, const layout::TargetSpec &target, llvm::Module &module, llvm::TargetMachine &machine) {
  const Options &o = sess.options;
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager sccs;
  llvm::ModuleAnalysisManager modules;
  std::optional<llvm::StandardInstrumentations> instrumentations;
  llvm::PassInstrumentationCallbacks callbacks;
  llvm::TimePassesIsEnabled = o.timeLlvmPasses;
  if (o.printLlvmPasses || o.timeLlvmPasses) {
    instrumentations.emplace(module.getContext(), o.printLlvmPasses);
    instrumentations->registerCallbacks(callbacks, &modules);
  }
  llvm::PipelineTuningOptions tuning = tuningFor(sess, target);
  std::optional<llvm::PGOOptions> pgo = profile(o.code);
  llvm::PassBuilder builder(&machine, tuning, pgo, instrumentations ? &callbacks : nullptr);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(sccs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, sccs, modules);
  addSanitizers(builder, o.code);
  llvm::ModulePassManager passes;
  if (!o.noPasses)
    passes = pipelineFor(builder, tuning, o.opt, pgo.has_value());
  if (addPasses(sess, builder, passes))
    passes.run(module, modules);
  if (o.timeLlvmPasses)
    instrumentations->getTimePasses().print();
}

} // namespace ferric::codegen
