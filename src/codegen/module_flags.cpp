// What holds for a module as a whole: the code that LLVM makes itself obeys it, and linkers compare it between objects.
// Source of the rule: rustc_codegen_llvm::context, create_module.
#include "codegen/codegen.h"
#include "codegen/function.h"
#include "layout/target.h"
#include "llvm/Target/TargetMachine.h"

namespace ferric::codegen {

using Behavior = llvm::Module::ModFlagBehavior;

static Behavior behaviorNamed(llvm::StringRef name) {
  return llvm::StringSwitch<Behavior>(name)
      .Case("error", Behavior::Error)
      .Case("warning", Behavior::Warning)
      .Case("override", Behavior::Override)
      .Case("max", Behavior::Max)
      .Default(Behavior::Min);
}

static void setAddressing(CodegenCx &cx, const Options &o, llvm::TargetMachine &machine, bool executable) {
  std::string reloc = o.relocationModel.empty() ? cx.target.relocationModel : o.relocationModel;
  if (reloc == "pic" || reloc == "pie") {
    cx.module->setPICLevel(llvm::PICLevel::BigPIC);
    if (executable || reloc == "pie")
      cx.module->setPIELevel(llvm::PIELevel::Large);
  }
  if (!o.codeModel.empty() || !cx.target.codeModel.empty())
    cx.module->setCodeModel(machine.getCodeModel());
  if (!o.plt.value_or(cx.target.pltByDefault))
    cx.module->setRtLibUseGOT();
}

// What linkers tell the loader: all objects of a program must agree to it.
static void setBranchProtection(llvm::Module &module, llvm::StringRef protection) {
  llvm::SmallVector<llvm::StringRef, 6> words;
  protection.split(words, ',', -1, /*KeepEmpty=*/false);
  static constexpr std::pair<const char *, const char *> kFlags[] = {
      {"branch-target-enforcement", "bti"}, {"sign-return-address", "pac-ret"}, {"branch-protection-pauth-lr", "pc"},
      {"sign-return-address-all", "leaf"}, {"sign-return-address-with-bkey", "b-key"}, {"guarded-control-stack", "gcs"}};
  for (auto [flag, word] : kFlags)
    module.addModuleFlag(Behavior::Min, flag, llvm::is_contained(words, llvm::StringRef(word)));
}

void setModuleFlags(CodegenCx &cx, llvm::TargetMachine &machine, bool executable) {
  const Options &o = cx.tcx.sess.options;
  setAddressing(cx, o, machine, executable);
  if (o.cfProtection == "branch" || o.cfProtection == "full")
    cx.module->addModuleFlag(Behavior::Override, "cf-protection-branch", 1);
  if (o.cfProtection == "return" || o.cfProtection == "full")
    cx.module->addModuleFlag(Behavior::Override, "cf-protection-return", 1);
  if (o.functionReturnThunk)
    cx.module->addModuleFlag(Behavior::Override, "function_return_thunk_extern", 1);
  if (o.indirectBranchCsPrefix)
    cx.module->addModuleFlag(Behavior::Override, "indirect_branch_cs_prefix", 1);
  if (!o.code.branchProtection.empty())
    setBranchProtection(*cx.module, o.code.branchProtection);
  if (o.code.smallDataThreshold && llvm::StringRef(cx.target.arch).starts_with("riscv"))
    cx.module->addModuleFlag(Behavior::Error, "SmallDataLimit", uint32_t(*o.code.smallDataThreshold));
  for (const ModuleFlag &flag : o.moduleFlags)
    cx.module->addModuleFlag(behaviorNamed(flag.behavior), flag.name, flag.value);
}

} // namespace ferric::codegen
