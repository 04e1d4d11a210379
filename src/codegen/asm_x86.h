// x86 registers as LLVM's inline assembly names them (Reference: inline-assembly, "Register operands", "Template modifiers").
#pragma once
#include "target/registers.h"

namespace ferric::codegen {

// LLVM's constraint for a register of `cls`, or for `reg` when given; `bytes`: size of the value, to choose among vector registers, 0 for none.
std::string asmConstraint(const target::RegClass &cls, const target::Reg *reg, uint64_t bytes);
// The modifier letter for LLVM, 0: none.
char asmModifier(const target::RegClass &cls, char modifier);

} // namespace ferric::codegen
