// What one LLVM module shares: types, declared functions, globals of constant memory, vtables.
#pragma once
#include "codegen/value.h"
#include "layout/fn_abi.h"
#include "mir/alloc.h"
#include "ty/codegen_attrs.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/IR/Module.h"

namespace ferric::codegen {

using layout::FnAbi; using layout::ArgAbi; using layout::PassMode; using layout::Scalar; using layout::Primitive;
using ty::Ctx; using ty::Instance; using ty::InstanceKind; using ty::Ty; using ty::TyKind;

// Which symbols of this module others may see; everything else gets internal linkage.
struct ExportPolicy {
  bool executable = true;      // only what has a name of its own is exported
};

class CodegenCx {
public:
  CodegenCx(Ctx &tcx, llvm::LLVMContext &llcx, llvm::StringRef name);

  Ctx &tcx;
  llvm::LLVMContext &llcx;
  std::unique_ptr<llvm::Module> module;
  const layout::TargetSpec &target;
  std::string commandLineFeatures; // -C target-feature, by LLVM's names
  llvm::Type *voidTy, *ptrTy, *i1, *i8, *i16, *i32, *i64, *i128;
  bool optimizing() const { return tcx.sess.options.opt != OptLevel::O0; }

  // ---- types ----
  llvm::IntegerType *intTy(uint64_t bytes) { return llvm::IntegerType::get(llcx, unsigned(bytes * 8)); }
  llvm::Type *primTy(const Primitive &p);
  // A scalar in memory, or as an immediate (bool is i1).
  llvm::Type *scalarTy(const Scalar &s, bool immediate);
  // The type of an immediate or of a packed pair of immediates.
  llvm::Type *immediateTy(const layout::Layout &l);
  // The type a scalar or vector is loaded and stored as.
  llvm::Type *memoryTy(const layout::Layout &l);
  llvm::Type *bytesTy(uint64_t n) { return llvm::ArrayType::get(i8, n); }
  llvm::Type *regTy(const layout::Reg &r);
  llvm::Type *castTy(const ArgAbi &a);
  llvm::FunctionType *fnTy(const FnAbi &abi);

  // ---- constants ----
  llvm::ConstantInt *usize(uint64_t v) { return llvm::ConstantInt::get(llvm::cast<llvm::IntegerType>(i64), v); }
  llvm::ConstantInt *intConst(llvm::Type *t, layout::u128 v);
  llvm::Constant *poison(llvm::Type *t) { return llvm::PoisonValue::get(t); }
  // A MIR scalar as an immediate of `s`.
  llvm::Constant *scalarConst(const mir::Scalar &v, const Scalar &s, llvm::Type *immediate);
  // The address `offset` bytes into an allocation.
  llvm::Constant *allocPtr(mir::AllocId id, uint64_t offset);
  // A private constant with these contents.
  llvm::Constant *constGlobal(mir::AllocId id);
  llvm::GlobalVariable *staticVar(DefId def);
  void defineStatic(DefId def);
  llvm::Constant *vtable(Ty ty, ty::ExistentialPredicates preds);
  llvm::Constant *offsetPtr(llvm::Constant *p, uint64_t offset);

  // ---- functions ----
  llvm::Function *fn(const Instance &i);
  llvm::Function *declare(llvm::StringRef symbol, const FnAbi &abi);
  llvm::Function *intrinsic(llvm::Intrinsic::ID id, llvm::ArrayRef<llvm::Type *> types = {});
  // Attributes every function of the module has: cpu, features, frame pointer, ...
  void addTargetAttrs(llvm::Function &f, const ty::CodegenAttrs *attrs);
  void addFnAttrs(llvm::Function &f, const Instance &i, const FnAbi &abi);
  void addAllocatorAttrs(llvm::Function &f, const ty::CodegenAttrs &attrs);
  void addAbiAttrs(llvm::Function &f, const FnAbi &abi);
  void addCallAttrs(llvm::CallBase &c, const FnAbi &abi);
  llvm::Function *personality();

  TyLayout layoutOf(Ty t) { return layout::tyLayout(tcx, t); }
  // What the collector found to be defined here, and its linkage.
  llvm::DenseMap<Instance, llvm::GlobalValue::LinkageTypes> definedFns;
  llvm::DenseMap<DefId, llvm::GlobalValue::LinkageTypes> definedStatics;
  // Those of them that something here refers to, in the order in which that was found.
  std::vector<Instance> referencedFns;
  // Decides what is inlined while IR is built; null: nothing is.
  class Inliner *inliner = nullptr;
  // Notes where the lines of an inline assembly call come from.
  void setAsmLocations(llvm::CallBase &call, llvm::ArrayRef<Span> lines, bool intel);
  // The span behind a number of `srcloc` metadata; a dummy one for 0.
  Span asmLocation(uint64_t cookie) const;
  // Reports what LLVM finds wrong.
  void reportDiagnostic(const llvm::DiagnosticInfo &info);

  // Globals that must survive: #[used(compiler)], #[used(linker)].
  std::vector<llvm::GlobalValue *> compilerUsed, used;

private:
  void addArgAttrs(llvm::AttrBuilder &b, const layout::ArgAttrs &a);
  template <class F> void forEachAbiAttr(const FnAbi &abi, F f);
  enum class ConstChunkKind : uint8_t { Bytes, Uninit, Pointer };
  struct ConstChunk { uint64_t start, end; ConstChunkKind kind; };
  struct ConstInit { llvm::StructType *type; std::vector<ConstChunk> chunks; };
  ConstInit initShape(const mir::Allocation &a);
  llvm::Constant *initValue(const mir::Allocation &a, const ConstInit &shape);
  std::vector<Span> asmSpans_;
  llvm::DenseMap<Instance, llvm::Function *> fns_;
  llvm::DenseMap<mir::AllocId, llvm::GlobalVariable *> consts_;
  llvm::DenseMap<DefId, llvm::GlobalVariable *> statics_;
  llvm::DenseMap<std::pair<Ty, const void *>, llvm::GlobalVariable *> vtables_;
};

// The definition of a function's instance in the module; what is wrong with it is reported (codegen.cpp).
void defineFunction(CodegenCx &cx, const Instance &i);

} // namespace ferric::codegen
