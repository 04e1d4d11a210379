// The arguments of asm!, naked_asm! and global_asm! (Reference: inline-assembly): template expressions, operands, clobbers and options.
#pragma once
#include "expand/builtin/registry.h"

namespace ferric::expand {

struct AsmArgs {
  llvm::SmallVector<ast::ExprId, 4> templates;   // not expanded yet
  std::vector<ast::AsmOperand> operands;
  std::vector<Ident> names;                      // of each operand; invalid: it is positional or an explicit register
  std::vector<ast::AsmClobberAbi> clobbers;
  uint32_t options = 0;                          // ast::AsmOptions
};

// "asm", "global_asm" or "naked_asm".
llvm::StringRef asmMacroName(ast::AsmKind kind);

// Reads and checks the arguments; what `cfg` removes takes part in neither the checks nor the result. False: an error was reported after which
// nothing can be made of the call. Errors that leave the operands usable are reported and true is returned
// (rustc_parse::parser::asm, rustc_builtin_macros::asm).
bool parseAsmArgs(BuiltinContext &c, ast::AsmKind kind, AsmArgs &out);

} // namespace ferric::expand
