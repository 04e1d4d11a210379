// What LLVM knows of a target's processors and features, for --print.
#include "codegen/target_info.h"
#include "codegen/codegen.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

namespace ferric::codegen {

static std::unique_ptr<llvm::MCSubtargetInfo> subtarget(const layout::TargetSpec &target) {
  initializeTargets();
  llvm::Triple triple(target.llvmTriple);
  std::string error;
  const llvm::Target *t = llvm::TargetRegistry::lookupTarget(triple, error);
  return std::unique_ptr<llvm::MCSubtargetInfo>(t ? t->createMCSubtargetInfo(triple, target.cpu, "") : nullptr);
}

std::vector<Named> processors(const layout::TargetSpec &target) {
  std::vector<Named> out;
  std::unique_ptr<llvm::MCSubtargetInfo> info = subtarget(target);
  if (!info)
    return out;
  if (llvm::Triple(target.llvmTriple).getArch() == llvm::Triple(llvm::sys::getProcessTriple()).getArch())
    out.push_back(
        {"native", "Select the CPU of the current host (currently " + llvm::sys::getHostCPUName().str() + ")."});
  for (const llvm::SubtargetSubTypeKV &cpu : info->getAllProcessorDescriptions()) {
    std::string what;
    if (cpu.Key == target.cpu)
      what = "This is the default target CPU for the current build target (currently " + target.name + ").";
    out.push_back({cpu.Key, what});
  }
  return out;
}

std::vector<Named> features(const layout::TargetSpec &target) {
  std::vector<Named> out;
  if (std::unique_ptr<llvm::MCSubtargetInfo> info = subtarget(target))
    for (const llvm::SubtargetFeatureKV &feature : info->getAllProcessorFeatures())
      out.push_back({feature.Key, feature.Desc + std::string(".")});
  return out;
}

} // namespace ferric::codegen
