// Code generation for its own sake: each function is lowered into a module that all share, verified and emptied again, so that one
// bad function hides no other and memory stays small.
#include "codegen/codegen.h"
#include "codegen/context.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Target/TargetMachine.h"

namespace ferric::codegen {

using mono::MonoItem; using mono::MonoItemKind;

struct FunctionChecker::State {
  llvm::LLVMContext llcx;
  std::unique_ptr<llvm::TargetMachine> machine;
  CodegenCx cx;
  explicit State(Ctx &tcx) : machine(makeTargetMachine(tcx.sess, *tcx.target, false)), cx(tcx, llcx, "check") {
    CHECK(machine, "no code generation for the target");
    cx.module->setTargetTriple(machine->getTargetTriple());
    cx.module->setDataLayout(machine->createDataLayout());
  }
};

FunctionChecker::FunctionChecker(Ctx &tcx) : state_(std::make_unique<State>(tcx)) {}
FunctionChecker::~FunctionChecker() = default;

void FunctionChecker::declare(llvm::ArrayRef<MonoItem> items) {
  for (const MonoItem &i : items) {
    if (i.kind == MonoItemKind::Fn)
      state_->cx.definedFns[i.instance] = llvm::GlobalValue::ExternalLinkage;
    else if (i.kind == MonoItemKind::Static)
      state_->cx.definedStatics[i.def] = llvm::GlobalValue::ExternalLinkage;
  }
}

void FunctionChecker::check(const MonoItem &item) {
  CodegenCx &cx = state_->cx;
  if (item.kind == MonoItemKind::Static)
    cx.defineStatic(item.def);
  if (item.kind != MonoItemKind::Fn)
    return;
  defineFunction(cx, item.instance);
  llvm::Function *f = cx.fn(item.instance);
  std::string message;
  llvm::raw_string_ostream os(message);
  if (llvm::verifyFunction(*f, &os))
    cx.tcx.sess.diag.error(item.instance.def.valid() ? cx.tcx.def(item.instance.def).span : Span(),
                           "internal: invalid LLVM IR: " + llvm::StringRef(message).trim());
  f->deleteBody();
}

} // namespace ferric::codegen
