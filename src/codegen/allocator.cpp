// The functions the compiler adds to a program that allocates (rustc_codegen_llvm::allocator): an empty one that
// `alloc` calls so that no program links without a compiler's consent, and the call of the default handler of failed
// allocations.
#include "codegen/codegen.h"
#include "codegen/function.h"
#include "mono/allocator.h"

namespace ferric::codegen {

static llvm::Function *runtimeFunction(CodegenCx &cx, llvm::StringRef name, llvm::ArrayRef<llvm::Type *> params) {
  std::string symbol = mono::mangleInternal(cx.tcx, name);
  llvm::Function *f = cx.module->getFunction(symbol);
  if (!f)
    f = llvm::Function::Create(llvm::FunctionType::get(cx.voidTy, params, false), llvm::GlobalValue::ExternalLinkage,
                               symbol, cx.module.get());
  // An rlib made beside a program of the same module has them too, and gives way to the program it is linked into.
  f->setLinkage(mono::isLibrary(cx.tcx.sess.options) ? llvm::GlobalValue::WeakAnyLinkage : llvm::GlobalValue::ExternalLinkage);
  cx.addTargetAttrs(*f, nullptr);
  return f;
}

void defineAllocatorShim(CodegenCx &cx) {
  mono::AllocatorShim shim = mono::allocatorShim(cx.tcx);
  if (!shim.needed)
    return;
  llvm::IRBuilder<> b(cx.llcx);
  b.SetInsertPoint(
      llvm::BasicBlock::Create(cx.llcx, "start", runtimeFunction(cx, "__rust_no_alloc_shim_is_unstable_v2", {})));
  b.CreateRetVoid();
  if (!shim.defaultErrorHandler.valid())
    return;
  llvm::Function *f = runtimeFunction(cx, "__rust_alloc_error_handler", {cx.i64, cx.i64});
  Instance handler{InstanceKind::Item, shim.defaultErrorHandler, {}, {}, 0};
  b.SetInsertPoint(llvm::BasicBlock::Create(cx.llcx, "start", f));
  llvm::CallInst *call = b.CreateCall(cx.fn(handler), {f->getArg(0), f->getArg(1)});
  cx.addCallAttrs(*call, *layout::fnAbiOf(cx.tcx, handler));
  b.CreateUnreachable();
}

} // namespace ferric::codegen
