// Intrinsics that code generation implements: tables from name to handler, one per family.
#pragma once
#include "codegen/function.h"
#include "llvm/ADT/StringMap.h"

namespace ferric::codegen {

// A call of an intrinsic being lowered. `result` starts as a zero-sized value.
struct IntrinsicCall {
  FnCx &fx;
  const Instance &callee;
  const mir::Terminator &terminator;
  llvm::StringRef name;
  llvm::ArrayRef<Operand> args;
  TyLayout ret;
  Operand result;
  bool diverges = false;       // the block has been ended
  CodegenCx &cx() { return fx.cx; }
  llvm::IRBuilder<> &b() { return fx.b; }
  llvm::Value *imm(size_t i) const { return args[i].imm(); }
  Ty typeArg(size_t i) const;  // the i-th type argument
  uint64_t constArg(size_t i) const; // the i-th constant argument: an integer, or an enum's variant index
  void give(llvm::Value *v) { result = Operand::immediate(v, ret); }
  // A value that came as an integer, made the result's immediate.
  void giveInt(llvm::Value *v) { give(b().CreateIntCast(v, cx().immediateTy(*ret.layout), false)); }
};

// A handler returns false to have the fallback body called instead.
using IntrinsicHandler = bool (*)(IntrinsicCall &);
struct IntrinsicRow { const char *name; IntrinsicHandler handler; };
llvm::ArrayRef<IntrinsicRow> basicIntrinsics();
llvm::ArrayRef<IntrinsicRow> memoryIntrinsics();
llvm::ArrayRef<IntrinsicRow> atomicIntrinsics();
llvm::ArrayRef<IntrinsicRow> simdIntrinsics();
// Float math is named by pattern: `sqrtf32`, `fmuladdf64`, ...
bool floatIntrinsic(IntrinsicCall &c);

} // namespace ferric::codegen
