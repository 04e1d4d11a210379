// What LLVM knows of a target's processors and features, for --print.
#include "codegen/target_info.h"
#include "codegen/codegen.h"
#include "target/features.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

namespace ferric::codegen {

static std::unique_ptr<llvm::MCSubtargetInfo> subtarget(const layout::TargetSpec &target, llvm::StringRef processor, llvm::StringRef features) {
  initializeTargets();
  llvm::Triple triple(target.llvmTriple);
  std::string error;
  const llvm::Target *t = llvm::TargetRegistry::lookupTarget(triple, error);
  return std::unique_ptr<llvm::MCSubtargetInfo>(t ? t->createMCSubtargetInfo(triple, processor, features) : nullptr);
}

std::vector<Named> processors(const layout::TargetSpec &target) {
  std::vector<Named> out;
  std::unique_ptr<llvm::MCSubtargetInfo> info = subtarget(target, target.cpu, "");
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
  std::unique_ptr<llvm::MCSubtargetInfo> info = subtarget(target, target.cpu, "");
  std::vector<Named> out;
  for (llvm::StringRef name : target::knownFeatures(target.arch)) {
    std::string what;
    llvm::SmallVector<llvm::StringRef, 4> llvmNames = target::llvmFeatures(target.arch, name);
    for (const llvm::SubtargetFeatureKV &f : info ? info->getAllProcessorFeatures() : llvm::ArrayRef<llvm::SubtargetFeatureKV>())
      if (!llvmNames.empty() && llvmNames[0] == f.Key)
        what = f.Desc + std::string(".");
    if (name == "crt-static")
      what = "Enables C Run-time Libraries to be statically linked.";
    if (!what.empty())
      out.push_back({name.str(), what});
  }
  return out;
}

std::vector<Named> llvmOnlyFeatures(const layout::TargetSpec &target) {
  llvm::StringSet<> known;
  for (llvm::StringRef name : target::knownFeatures(target.arch))
    if (llvm::SmallVector<llvm::StringRef, 4> names = target::llvmFeatures(target.arch, name); !names.empty())
      known.insert(names[0]);
  std::vector<Named> out;
  if (std::unique_ptr<llvm::MCSubtargetInfo> info = subtarget(target, target.cpu, ""))
    for (const llvm::SubtargetFeatureKV &feature : info->getAllProcessorFeatures())
      if (!known.contains(feature.Key))
        out.push_back({feature.Key, feature.Desc + std::string(".")});
  return out;
}

Host host() {
  Host h{llvm::sys::getHostCPUName().str(), ""};
  std::vector<std::string> features;
  for (const auto &f : llvm::sys::getHostCPUFeatures())
    features.push_back((f.getValue() ? "+" : "-") + f.getKey().str());
  llvm::sort(features);
  h.features = llvm::join(features, ",");
  return h;
}

std::string processorFeatures(const layout::TargetSpec &target, llvm::StringRef processor) {
  std::unique_ptr<llvm::MCSubtargetInfo> info = subtarget(target, processor, target.features);
  std::string out;
  if (!info)
    return out;
  for (llvm::StringRef name : target::knownFeatures(target.arch)) {
    llvm::SmallVector<llvm::StringRef, 4> llvmNames = target::llvmFeatures(target.arch, name);
    bool has = !llvmNames.empty() && llvm::all_of(llvmNames, [&](llvm::StringRef f) { return info->checkFeatures(("+" + f).str()); });
    if (has)
      out += ((out.empty() ? "+" : ",+") + name).str();
  }
  return out;
}

} // namespace ferric::codegen
