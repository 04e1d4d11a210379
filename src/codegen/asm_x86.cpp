// Constraints and modifiers of x86-64; the registers themselves are in target/x86.cpp.
#include "codegen/asm_x86.h"
#include "llvm/ADT/StringSwitch.h"

namespace ferric::codegen {

static bool isVector(const target::RegClass &cls) { return cls.name == "xmm_reg" || cls.name == "ymm_reg" || cls.name == "zmm_reg"; }

std::string asmConstraint(const target::RegClass &cls, const target::Reg *reg, uint64_t bytes) {
  if (!reg)
    return cls.constraint.str();
  // Vector registers go by the name that fits the value.
  if (isVector(cls))
    return "{" + std::string(bytes >= 64 ? "z" : bytes >= 32 ? "y" : "x") + reg->name.substr(1) + "}";
  return reg->name == "st(0)" ? "{st}" : "{" + reg->name + "}";
}

char asmModifier(const target::RegClass &cls, char modifier) {
  if (cls.name == "reg" || cls.name == "reg_abcd")
    switch (modifier) {
    case 'l': return 'b';
    case 'h': return 'h';
    case 'x': return 'w';
    case 'e': return 'k';
    default: return 'q';
    }
  if (!isVector(cls))
    return 0;
  switch (modifier ? modifier : cls.name[0]) {
  case 'x': return 'x';
  case 'y': return 't';
  default: return 'g';
  }
}

} // namespace ferric::codegen
