// x86-64 registers as operands of inline assembly (Reference: inline-assembly, "Register operands", "Template modifiers").
#pragma once
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace ferric::codegen {

enum class AsmClass : uint8_t { Reg, RegAbcd, RegByte, Xmm, Ymm, Zmm, Kreg, Mmx, X87, Tmm };
// A register class, or one register of it under its canonical name ("ax", "xmm3").
struct AsmReg { AsmClass cls{}; std::string name; bool isClass() const { return name.empty(); } };

// The class `reg`, `xmm_reg`, ... by name. None: unknown.
std::optional<AsmReg> asmClassByName(llvm::StringRef name);
// A register under any of its names ("rax", "eax", "ax", "al" is a byte register). None: unknown or not allowed.
std::optional<AsmReg> asmRegByName(llvm::StringRef name);
// LLVM's constraint; `bytes`: size of the value, to choose among vector registers.
std::string asmConstraint(const AsmReg &r, uint64_t bytes);
// The modifier letter for LLVM, 0: none.
char asmModifier(const AsmReg &r, char modifier);
// Registers a function of that ABI may change, as LLVM clobber names. Empty: unknown ABI.
std::vector<std::string> clobbersOfAbi(llvm::StringRef abi);

} // namespace ferric::codegen
