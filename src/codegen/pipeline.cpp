// What is here and what is not was measured: each pass of LLVM's default pipeline was left out in turn, and stays out where neither the
// instructions that bench/programs execute nor the size of core's code told the difference. Together that is a quarter of the runs of
// passes over a function and an eighth of the instructions of optimising core. The order is LLVM's.
#include "codegen/pipeline.h"
#include "llvm/Analysis/AliasAnalysis.h"
#include "llvm/Analysis/GlobalsModRef.h"
#include "llvm/Analysis/InlineCost.h"
#include "llvm/Analysis/ProfileSummaryInfo.h"
#include "llvm/Transforms/AggressiveInstCombine/AggressiveInstCombine.h"
#include "llvm/Transforms/IPO/AlwaysInliner.h"
#include "llvm/Transforms/IPO/ConstantMerge.h"
#include "llvm/Transforms/IPO/DeadArgumentElimination.h"
#include "llvm/Transforms/IPO/FunctionAttrs.h"
#include "llvm/Transforms/IPO/GlobalDCE.h"
#include "llvm/Transforms/IPO/GlobalOpt.h"
#include "llvm/Transforms/IPO/InferFunctionAttrs.h"
#include "llvm/Transforms/IPO/Inliner.h"
#include "llvm/Transforms/IPO/MergeFunctions.h"
#include "llvm/Transforms/IPO/SCCP.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/AlignmentFromAssumptions.h"
#include "llvm/Transforms/Scalar/BDCE.h"
#include "llvm/Transforms/Scalar/ConstraintElimination.h"
#include "llvm/Transforms/Scalar/CorrelatedValuePropagation.h"
#include "llvm/Transforms/Scalar/DeadStoreElimination.h"
#include "llvm/Transforms/Scalar/DivRemPairs.h"
#include "llvm/Transforms/Scalar/DropUnnecessaryAssumes.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/GVN.h"
#include "llvm/Transforms/Scalar/IndVarSimplify.h"
#include "llvm/Transforms/Scalar/InstSimplifyPass.h"
#include "llvm/Transforms/Scalar/JumpThreading.h"
#include "llvm/Transforms/Scalar/LICM.h"
#include "llvm/Transforms/Scalar/LoopDeletion.h"
#include "llvm/Transforms/Scalar/LoopIdiomRecognize.h"
#include "llvm/Transforms/Scalar/LoopPassManager.h"
#include "llvm/Transforms/Scalar/LoopRotation.h"
#include "llvm/Transforms/Scalar/LoopSink.h"
#include "llvm/Transforms/Scalar/LoopUnrollPass.h"
#include "llvm/Transforms/Scalar/LowerConstantIntrinsics.h"
#include "llvm/Transforms/Scalar/LowerExpectIntrinsic.h"
#include "llvm/Transforms/Scalar/MemCpyOptimizer.h"
#include "llvm/Transforms/Scalar/Reassociate.h"
#include "llvm/Transforms/Scalar/SCCP.h"
#include "llvm/Transforms/Scalar/SROA.h"
#include "llvm/Transforms/Scalar/SimpleLoopUnswitch.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"
#include "llvm/Transforms/Scalar/TailRecursionElimination.h"
#include "llvm/Transforms/Vectorize/LoopVectorize.h"
#include "llvm/Transforms/Vectorize/SLPVectorizer.h"
#include "llvm/Transforms/Vectorize/VectorCombine.h"

namespace ferric::codegen {

using namespace llvm;

// Before anything is inlined: a first clean-up of each function, and what is known of the module as a whole.
static void addEarlySimplification(ModulePassManager &passes, bool forSize) {
  passes.addPass(InferFunctionAttrsPass());
  FunctionPassManager first;
  first.addPass(LowerExpectIntrinsicPass());
  first.addPass(SimplifyCFGPass());
  first.addPass(SROAPass(SROAOptions::ModifyCFG));
  first.addPass(EarlyCSEPass());
  passes.addPass(createModuleToFunctionPassAdaptor(std::move(first), /*EagerlyInvalidate=*/true));
  passes.addPass(IPSCCPPass(IPSCCPOptions(/*AllowFuncSpec=*/!forSize)));
  passes.addPass(GlobalOptPass());
  passes.addPass(createModuleToFunctionPassAdaptor(SimplifyCFGPass(SimplifyCFGOptions().convertSwitchRangeToICmp(true)), /*EagerlyInvalidate=*/true));
}

// A function's loops: rotated and free of what does not change in them; then, their induction variables known, replaced by what is
// shorter.
static void addLoopPasses(FunctionPassManager &passes, const PipelineTuningOptions &tuning, unsigned speed) {
  LoopPassManager shape, bodies;
  shape.addPass(LICMPass(tuning.LicmMssaOptCap, tuning.LicmMssaNoAccForPromotionCap, /*AllowSpeculation=*/false));
  shape.addPass(LoopRotatePass());
  shape.addPass(LICMPass(tuning.LicmMssaOptCap, tuning.LicmMssaNoAccForPromotionCap, /*AllowSpeculation=*/true));
  shape.addPass(SimpleLoopUnswitchPass());
  passes.addPass(createFunctionToLoopPassAdaptor(std::move(shape), /*UseMemorySSA=*/true));
  passes.addPass(InstCombinePass());
  bodies.addPass(LoopIdiomRecognizePass());
  bodies.addPass(IndVarSimplifyPass());
  bodies.addPass(LoopDeletionPass());
  bodies.addPass(LoopFullUnrollPass(int(speed), /*OnlyWhenForced=*/!tuning.LoopUnrolling, tuning.ForgetAllSCEVInLoopUnroll));
  passes.addPass(createFunctionToLoopPassAdaptor(std::move(bodies)));
}

// A function into which its callees were inlined.
static FunctionPassManager functionSimplification(const PipelineTuningOptions &tuning, unsigned speed) {
  FunctionPassManager passes;
  passes.addPass(SROAPass(SROAOptions::ModifyCFG));
  passes.addPass(EarlyCSEPass(/*UseMemorySSA=*/true));
  passes.addPass(JumpThreadingPass());
  passes.addPass(CorrelatedValuePropagationPass());
  passes.addPass(InstCombinePass());
  passes.addPass(AggressiveInstCombinePass());
  passes.addPass(TailCallElimPass());
  passes.addPass(ReassociatePass());
  passes.addPass(ConstraintEliminationPass());
  addLoopPasses(passes, tuning, speed);
  passes.addPass(GVNPass());
  passes.addPass(SCCPPass());
  passes.addPass(BDCEPass());
  passes.addPass(InstCombinePass());
  passes.addPass(JumpThreadingPass());
  passes.addPass(CorrelatedValuePropagationPass());
  passes.addPass(MemCpyOptPass());
  passes.addPass(DSEPass());
  passes.addPass(SimplifyCFGPass(
      SimplifyCFGOptions().convertSwitchRangeToICmp(true).convertSwitchToArithmetic(true).hoistCommonInsts(true).sinkCommonInsts(true)));
  passes.addPass(InstCombinePass());
  return passes;
}

// The call graph from its leaves up: calls inlined, the function simplified, its attributes found for its callers.
static void addInlining(ModulePassManager &passes, const PipelineTuningOptions &tuning, OptimizationLevel level) {
  passes.addPass(AlwaysInlinerPass());
  InlineParams params = getInlineParams(level.getSpeedupLevel(), level.getSizeLevel());
  ModuleInlinerWrapperPass inlining(params, /*MandatoryFirst=*/false, {ThinOrFullLTOPhase::None, InlinePass::CGSCCInliner},
                                    InliningAdvisorMode::Default, /*MaxDevirtIterations=*/4);
  inlining.addModulePass(RequireAnalysisPass<GlobalsAA, llvm::Module>());
  inlining.addModulePass(createModuleToFunctionPassAdaptor(InvalidateAnalysisPass<AAManager>()));
  inlining.addModulePass(RequireAnalysisPass<ProfileSummaryAnalysis, llvm::Module>());
  CGSCCPassManager &sccs = inlining.getPM();
  sccs.addPass(PostOrderFunctionAttrsPass(/*SkipNonRecursive=*/true));
  sccs.addPass(createCGSCCToFunctionPassAdaptor(functionSimplification(tuning, level.getSpeedupLevel()), /*EagerlyInvalidate=*/true,
                                                /*NoRerun=*/true));
  sccs.addPass(PostOrderFunctionAttrsPass());
  sccs.addPass(createCGSCCToFunctionPassAdaptor(RequireAnalysisPass<ShouldNotRunFunctionPassesAnalysis, Function>()));
  passes.addPass(std::move(inlining));
}

// When nothing is inlined any more: what makes code longer, and what instruction selection wants prepared.
static FunctionPassManager functionOptimization(const PipelineTuningOptions &tuning, unsigned speed) {
  FunctionPassManager passes;
  passes.addPass(DropUnnecessaryAssumesPass());
  passes.addPass(LowerConstantIntrinsicsPass());
  passes.addPass(createFunctionToLoopPassAdaptor(LoopRotatePass()));
  passes.addPass(LoopVectorizePass(LoopVectorizeOptions(!tuning.LoopInterleaving, !tuning.LoopVectorization)));
  passes.addPass(DropUnnecessaryAssumesPass(/*DropDereferenceable=*/true));
  passes.addPass(SimplifyCFGPass(SimplifyCFGOptions()
                                     .forwardSwitchCondToPhi(true)
                                     .convertSwitchRangeToICmp(true)
                                     .convertSwitchToArithmetic(true)
                                     .convertSwitchToLookupTable(true)
                                     .needCanonicalLoops(false)
                                     .hoistCommonInsts(true)
                                     .sinkCommonInsts(true)));
  if (tuning.SLPVectorization)
    passes.addPass(SLPVectorizerPass());
  passes.addPass(VectorCombinePass());
  passes.addPass(LoopUnrollPass(LoopUnrollOptions(int(speed), /*OnlyWhenForced=*/!tuning.LoopUnrolling, tuning.ForgetAllSCEVInLoopUnroll)));
  LICMPass licm(tuning.LicmMssaOptCap, tuning.LicmMssaNoAccForPromotionCap, /*AllowSpeculation=*/true);
  passes.addPass(createFunctionToLoopPassAdaptor(std::move(licm), /*UseMemorySSA=*/true));
  passes.addPass(AlignmentFromAssumptionsPass());
  passes.addPass(LoopSinkPass());
  passes.addPass(InstSimplifyPass());
  passes.addPass(DivRemPairsPass());
  passes.addPass(SimplifyCFGPass(SimplifyCFGOptions()
                                     .convertSwitchRangeToICmp(true)
                                     .convertSwitchToArithmetic(true)
                                     .hoistLoadsStoresWithCondFaulting(true)
                                     .speculateUnpredictables(true)));
  return passes;
}

ModulePassManager optimizationPipeline(PassBuilder &builder, const PipelineTuningOptions &tuning, OptimizationLevel level) {
  ModulePassManager passes;
  addEarlySimplification(passes, level.isOptimizingForSize());
  addInlining(passes, tuning, level);
  passes.addPass(DeadArgumentEliminationPass());
  passes.addPass(GlobalDCEPass());
  passes.addPass(ReversePostOrderFunctionAttrsPass());
  passes.addPass(createModuleToFunctionPassAdaptor(functionOptimization(tuning, level.getSpeedupLevel()), /*EagerlyInvalidate=*/true));
  builder.invokeOptimizerLastEPCallbacks(passes, level, ThinOrFullLTOPhase::None);
  if (tuning.MergeFunctions)
    passes.addPass(MergeFunctionsPass());
  passes.addPass(GlobalDCEPass());
  passes.addPass(ConstantMergePass());
  return passes;
}

} // namespace ferric::codegen
