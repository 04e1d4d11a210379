// Assembly: what asm!, naked_asm! and global_asm! have in common.
#pragma once
#include "codegen/function.h"

namespace ferric::codegen {

// A `const` operand: a number in decimal, or `offset` bytes into what `base` is the start of.
struct AsmConst {
  std::string text;
  llvm::GlobalValue *base = nullptr;
  uint64_t offset = 0;
};
AsmConst asmConst(CodegenCx &cx, const Instance &instance, const mir::AsmOperand &o);
// A `sym` operand's address.
llvm::Constant *asmSymbol(CodegenCx &cx, const Instance &instance, const mir::AsmOperand &o);
// A `const` or `sym` operand as assembly outside of functions names it; what it names is kept.
std::string asmOperandText(CodegenCx &cx, const Instance &instance, const mir::AsmOperand &o);
// The assembly that a body consists of; null: it has none.
const mir::InlineAsmData *assemblyOf(const mir::Body &body);

// global_asm!: appended to the module's assembly.
void lowerGlobalAsm(CodegenCx &cx, DefId def);
// A #[naked] function: its assembly under its name, in its section, appended to the module's; `fn` stays a declaration.
// False: it has no assembly.
bool lowerNaked(CodegenCx &cx, const Instance &instance, const mir::Body &body, llvm::Function *fn);

} // namespace ferric::codegen
