// Assembly: what asm!, naked_asm! and global_asm! have in common.
#pragma once
#include "codegen/function.h"

namespace ferric::codegen {

// A `sym` operand's address; a `const` operand's value in decimal.
llvm::Constant *asmSymbol(CodegenCx &cx, const Instance &instance, const mir::AsmOperand &o);
std::string asmConstText(Ctx &tcx, const Instance &instance, const mir::AsmOperand &o);
// The body of a #[naked] function. False: it has no assembly.
bool lowerNaked(CodegenCx &cx, const Instance &instance, const mir::Body &body, llvm::Function *fn);
// global_asm!: appended to the module's assembly.
void lowerGlobalAsm(CodegenCx &cx, DefId def);

} // namespace ferric::codegen
