// LLVM types of layouts. Aggregates have none: they are bytes in memory, reached by offset, so that LLVM's idea of a struct
// can never differ from ours (as rustc does since 1.7x).
#include "codegen/context.h"
#include "target/features.h"

namespace ferric::codegen {

using layout::Layout; using layout::ReprKind;

CodegenCx::CodegenCx(Ctx &tcx, llvm::LLVMContext &llcx, llvm::StringRef name)
    : tcx(tcx), llcx(llcx), module(std::make_unique<llvm::Module>(name, llcx)), target(*tcx.target),
      commandLineFeatures(target::llvmFeatureList(target.arch, tcx.sess.options.targetFeatures)) {
  voidTy = llvm::Type::getVoidTy(llcx);
  ptrTy = llvm::PointerType::get(llcx, 0);
  i1 = llvm::Type::getInt1Ty(llcx);
  i8 = intTy(1);
  i16 = intTy(2);
  i32 = intTy(4);
  i64 = intTy(8);
  i128 = intTy(16);
}

llvm::Type *CodegenCx::primTy(const Primitive &p) {
  if (p.isPtr())
    return ptrTy;
  if (p.isInt())
    return intTy(p.size);
  switch (p.size) {
  case 2: return llvm::Type::getHalfTy(llcx);
  case 4: return llvm::Type::getFloatTy(llcx);
  case 8: return llvm::Type::getDoubleTy(llcx);
  default: return llvm::Type::getFP128Ty(llcx);
  }
}

llvm::Type *CodegenCx::scalarTy(const Scalar &s, bool immediate) { return immediate && s.isBool() ? i1 : primTy(s.prim); }

llvm::Type *CodegenCx::memoryTy(const Layout &l) {
  if (l.isVector())
    return llvm::FixedVectorType::get(primTy(l.a.prim), unsigned(l.count));
  CHECK(l.isScalar(), "memory type of an aggregate");
  return scalarTy(l.a, false);
}

llvm::Type *CodegenCx::immediateTy(const Layout &l) {
  if (l.isPair())
    return llvm::StructType::get(llcx, {scalarTy(l.a, true), scalarTy(l.b, true)});
  if (l.isScalar())
    return scalarTy(l.a, true);
  return memoryTy(l);
}

llvm::Type *CodegenCx::regTy(const layout::Reg &r) {
  switch (r.kind) {
  case layout::RegKind::Integer: return intTy(r.size);
  case layout::RegKind::Float: return primTy({layout::PrimKind::Float, uint8_t(r.size), false});
  case layout::RegKind::Vector: return llvm::FixedVectorType::get(i8, unsigned(r.size));
  }
  UNREACHABLE("register kind");
}

llvm::Type *CodegenCx::castTy(const ArgAbi &a) {
  if (a.regCount == 1)
    return regTy(a.regs[0]);
  llvm::SmallVector<llvm::Type *, 4> types;
  for (const layout::Reg &r : llvm::ArrayRef(a.regs, a.regCount))
    types.push_back(regTy(r));
  return llvm::StructType::get(llcx, types);
}

llvm::FunctionType *CodegenCx::fnTy(const FnAbi &abi) {
  llvm::SmallVector<llvm::Type *, 8> params;
  llvm::Type *ret = voidTy;
  switch (abi.ret.mode) {
  case PassMode::Ignore: break;
  case PassMode::Direct:
  case PassMode::Pair: ret = immediateTy(*abi.ret.layout.layout); break;
  case PassMode::Cast: ret = castTy(abi.ret); break;
  case PassMode::Indirect: params.push_back(ptrTy); break;
  }
  size_t count = abi.cVariadic ? abi.fixedCount : abi.args.size();
  for (const ArgAbi &a : llvm::ArrayRef<ArgAbi>(abi.args).take_front(count)) {
    switch (a.mode) {
    case PassMode::Ignore: break;
    case PassMode::Direct: params.push_back(immediateTy(*a.layout.layout)); break;
    case PassMode::Pair:
      params.push_back(scalarTy(a.layout->a, true));
      params.push_back(scalarTy(a.layout->b, true));
      break;
    case PassMode::Cast: params.push_back(castTy(a)); break;
    case PassMode::Indirect:
      params.push_back(ptrTy);
      if (a.hasMeta)
        params.push_back(layout::ptrMetadataKind(tcx, a.layout.ty) == layout::PtrMetadataKind::Length ? i64 : ptrTy);
      break;
    }
  }
  return llvm::FunctionType::get(ret, params, abi.cVariadic);
}

} // namespace ferric::codegen
