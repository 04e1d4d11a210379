// Which symbols the linker is promised to find in the object's own executable or library (`dso_local`): their addresses need no
// detour through the global offset table, which a kernel does not have. One pass over the finished module, since what counts of a
// symbol (its linkage, whether it is defined) is known for certain only then.
// Source of the rule: rustc_codegen_llvm::mono_item, should_assume_dso_local.
#include "codegen/codegen.h"
#include "codegen/function.h"

namespace ferric::codegen {

// -Zdefault-visibility, which is about what is defined here and seen from outside (rustc_monomorphize::partitioning).
static void setVisibility(llvm::GlobalValue &value, llvm::StringRef wanted) {
  if (value.isDeclaration() || value.hasLocalLinkage() || !value.hasDefaultVisibility())
    return;
  if (wanted == "hidden")
    value.setVisibility(llvm::GlobalValue::HiddenVisibility);
  else if (wanted == "protected")
    value.setVisibility(llvm::GlobalValue::ProtectedVisibility);
}

static bool isDsoLocal(const llvm::GlobalValue &value, llvm::StringRef relocationModel, bool executable, std::optional<bool> directAccess) {
  if (value.hasLocalLinkage() || (!value.hasDefaultVisibility() && !value.hasExternalWeakLinkage()))
    return true;
  bool defined = !value.isDeclarationForLinker();
  if (defined && (executable || relocationModel == "pie"))
    return true;
  // A thread-local of another library cannot be copied into the executable, as other data can.
  return directAccess.value_or(relocationModel == "static") && !value.isThreadLocal();
}

void markDsoLocal(CodegenCx &cx, bool executable) {
  const Options &o = cx.tcx.sess.options;
  llvm::StringRef relocationModel = o.relocationModel.empty() ? llvm::StringRef(cx.target.relocationModel) : llvm::StringRef(o.relocationModel);
  for (llvm::GlobalValue &value : cx.module->global_values()) {
    const auto *f = llvm::dyn_cast<llvm::Function>(&value);
    if ((f && f->isIntrinsic()) || value.getName().starts_with("llvm."))
      continue;
    setVisibility(value, o.code.defaultVisibility);
    if (isDsoLocal(value, relocationModel, executable, o.code.directAccessExternalData))
      value.setDSOLocal(true);
  }
}

} // namespace ferric::codegen
