// Registers of inline assembly in LLVM's notation, and the types LLVM wants values in them to have
// (Reference: inline-assembly, "Register operands", "Template modifiers"; rustc_codegen_llvm::asm).
#pragma once
#include "layout/layout.h"
#include "target/registers.h"
#include "llvm/IR/IRBuilder.h"

namespace ferric::codegen {

// LLVM's constraint for a register of `cls`, or for `reg` when given; `bytes`: size of the value, to choose among names of a register, 0 for none.
std::string asmConstraint(target::Arch arch, const target::RegClass &cls, const target::Reg *reg, uint64_t bytes);
// The modifier letter for LLVM, 0: none.
char asmModifier(target::Arch arch, const target::RegClass &cls, char modifier);
// The type of an output that is thrown away.
llvm::Type *asmDiscardedType(llvm::LLVMContext &cx, const target::RegClass &cls);
// What a template clobbers beside its registers, unless it preserves the flags.
llvm::ArrayRef<const char *> asmFlagClobbers(target::Arch arch);

// How a value goes into a register: as lane 0 of a vector, or as other bits of the same size.
class AsmCarrier {
public:
  // `plain`: the value's own type in memory. nanBox: halves are floats with all upper bits set (RISC-V without Zfhmin, LoongArch).
  AsmCarrier(target::Arch arch, const target::RegClass &cls, const layout::Layout &l, llvm::Type *plain, bool nanBox);
  llvm::Type *type() const { return type_; }
  llvm::Value *into(llvm::IRBuilderBase &b, llvm::Value *v) const;
  llvm::Value *from(llvm::IRBuilderBase &b, llvm::Value *v) const;

private:
  void x86(const target::RegClass &cls, const layout::Layout &l, bool is32Bit);
  void aarch64(const target::RegClass &cls, const layout::Layout &l);
  void arm(const target::RegClass &cls, const layout::Layout &l);
  llvm::Type *plain_, *type_;
  llvm::Type *scalar_ = nullptr;            // what lane 0 holds, when a pointer goes there as an integer
  llvm::FixedVectorType *lanes_ = nullptr;  // the value is its lane 0; null: it is not
  bool widened_ = false;                    // a vector becomes the lower half of one twice as long
  bool nanBox_ = false;
};

} // namespace ferric::codegen
