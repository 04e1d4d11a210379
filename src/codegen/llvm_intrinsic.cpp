// `extern "unadjusted"` functions with `#[link_name = "llvm..."]`: core_arch's way to LLVM's target intrinsics
// (rustc_codegen_llvm::intrinsic, codegen_llvm_intrinsic_call). Arguments and results are values, never pointers to them: an
// aggregate is a literal struct of what its fields are held as.
#include "codegen/function.h"
#include "llvm/IR/AutoUpgrade.h"

namespace ferric::codegen {

// Fields that are not zero-sized, in order of their offsets.
static llvm::SmallVector<size_t, 4> fieldsOf(FnCx &fx, TyLayout l) {
  llvm::SmallVector<size_t, 4> out;
  for (size_t i = 0; i < l->fieldCount(); ++i)
    if (!layout::fieldOf(fx.tcx, l, i)->isZst())
      out.push_back(i);
  llvm::stable_sort(out, [&](size_t a, size_t b) { return l->offset(a) < l->offset(b); });
  return out;
}

static llvm::Type *valueTy(FnCx &fx, TyLayout l) {
  if (l->isZst())
    return fx.cx.voidTy;
  if (!l->isMemory())
    return fx.cx.immediateTy(*l.layout);
  llvm::SmallVector<llvm::Type *, 4> types;
  for (size_t i : fieldsOf(fx, l))
    types.push_back(valueTy(fx, layout::fieldOf(fx.tcx, l, i)));
  if (l->fields == layout::FieldsKind::Array)
    return types.empty() ? fx.cx.voidTy : llvm::ArrayType::get(types[0], types.size());
  return llvm::StructType::get(fx.cx.llcx, types);
}

static llvm::Value *loadValue(FnCx &fx, const Place &p) {
  if (!p.layout->isMemory())
    return fx.packed(fx.load(p));
  llvm::Value *v = fx.cx.poison(valueTy(fx, p.layout));
  unsigned at = 0;
  for (size_t i : fieldsOf(fx, p.layout))
    v = fx.b.CreateInsertValue(v, loadValue(fx, fx.projectField(p, i)), at++);
  return v;
}

static void storeValue(FnCx &fx, llvm::Value *v, const Place &p) {
  if (!p.layout->isMemory())
    return fx.store(fx.unpacked(v, p.layout), p);
  unsigned at = 0;
  for (size_t i : fieldsOf(fx, p.layout))
    storeValue(fx, fx.b.CreateExtractValue(v, at++), fx.projectField(p, i));
}

// core_arch names some intrinsics that LLVM has replaced since: it knows itself by what.
static llvm::Value *upgraded(FnCx &fx, llvm::CallInst *call) {
  llvm::Function *old = call->getCalledFunction(), *replacement = nullptr;
  if (!old || !llvm::UpgradeIntrinsicFunction(old, replacement))
    return call;
  llvm::Value *result = call;
  if (call->getType()->isVoidTy()) {
    llvm::UpgradeIntrinsicCall(call, replacement);
  } else { // the new value is found through a use of the old one
    llvm::Instruction *use = llvm::cast<llvm::Instruction>(fx.b.Insert(new llvm::FreezeInst(call)));
    llvm::UpgradeIntrinsicCall(call, replacement);
    result = use->getOperand(0);
    use->eraseFromParent();
  }
  if (old->use_empty())
    old->eraseFromParent();
  return result;
}

void FnCx::llvmIntrinsicCall(llvm::StringRef symbol, const mir::Terminator &t, TyLayout ret) {
  llvm::SmallVector<llvm::Value *, 8> args;
  llvm::SmallVector<llvm::Type *, 8> types;
  for (const mir::Operand &o : t.args) {
    Operand v = operand(o);
    switch (v.kind) {
    case OperandKind::ZeroSized: break;
    case OperandKind::Immediate: args.push_back(v.a); break;
    case OperandKind::Pair: args.append({v.a, v.b}); break;
    case OperandKind::Ref: args.push_back(loadValue(*this, v.place())); break;
    }
  }
  for (llvm::Value *v : args)
    types.push_back(v->getType());
  llvm::FunctionType *type = llvm::FunctionType::get(valueTy(*this, ret), types, false);
  llvm::Value *call = upgraded(*this, b.CreateCall(type, cx.module->getOrInsertFunction(symbol, type).getCallee(), args));
  if (!ret->isZst()) {
    if (ret->isMemory()) {
      Place tmp = allocaFor(ret);
      storeValue(*this, call, tmp);
      setDest(t.place, load(tmp));
    } else {
      setDest(t.place, unpacked(call, ret));
    }
  }
  continueAt(t);
}

} // namespace ferric::codegen
